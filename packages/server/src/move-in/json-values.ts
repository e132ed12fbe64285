import { ParleyError } from '@parley/protocol'

/** JSON objects and arrays, one behind the other, as the text arrives; never more than one of them is in memory. */
export async function* jsonValues(text: AsyncIterable<string>): AsyncGenerator<unknown, void, undefined> {
  let value: string[] = []
  let depth = 0
  let inString = false
  let escaped = false
  for await (const piece of text) {
    let start = 0
    for (let at = 0; at < piece.length; at += 1) {
      const character = piece[at]
      if (inString) {
        if (escaped) escaped = false
        else if (character === '\\') escaped = true
        else if (character === '"') inString = false
      } else if (character === '"') inString = true
      else if (character === '{' || character === '[') depth += 1
      else if (character === '}' || character === ']') depth -= 1
      if (depth === 0 && (character === '}' || character === ']') && !inString) {
        yield parse(value.join('') + piece.slice(start, at + 1))
        value = []
        start = at + 1
      }
    }
    value.push(piece.slice(start))
  }
  if (value.join('').trim() !== '') throw broken()
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw broken(cause)
  }
}

const broken = (cause?: unknown) =>
  new ParleyError('invalid_request', 'The dump is cut off, or is no JSON. Save it again.', { cause })
