import { ParleyError } from '@parley/protocol'

export interface BodyLimits {
  /** Default 2 MB. */
  maxBytes?: number
  /** Objects and arrays inside each other; default 64. */
  maxDepth?: number
  /** NUL characters are taken out instead of being refused. */
  stripNul?: boolean
}

const MAX_BYTES = 2 * 1024 * 1024
const MAX_DEPTH = 64

/**
 * Reads a request's JSON body.
 *
 * @throws {ParleyError} `unsupported_media_type` when it says it is something else, `payload_too_large` above the limit,
 * `invalid_request` when it is not JSON in UTF-8, is nested too deep or holds a NUL character no database takes.
 */
export async function readJson(request: Request, limits: BodyLimits = {}): Promise<unknown> {
  assertJson(request.headers)
  return parseJson(await readBytes(request, limits.maxBytes ?? MAX_BYTES), limits)
}

/** The same for a body of which every field may be left out, so that it may itself be left out. */
export async function readOptionalJson(request: Request, limits: BodyLimits = {}): Promise<unknown> {
  assertJson(request.headers)
  const bytes = await readBytes(request, limits.maxBytes ?? MAX_BYTES)
  return bytes.byteLength === 0 ? {} : parseJson(bytes, limits)
}

/** The same checks for bytes that have been read already. */
export function parseJson(body: Uint8Array, limits: BodyLimits = {}): unknown {
  if (body.byteLength > (limits.maxBytes ?? MAX_BYTES)) throw tooLarge(limits.maxBytes ?? MAX_BYTES)
  const given = decodeUtf8(body)
  const text = limits.stripNul ? given.replace(ESCAPED_NUL, '$1') : given
  const value = parseText(text)
  assertStorable(value, { depth: limits.maxDepth ?? MAX_DEPTH, mayHoldNul: text.includes('\\u0000') })
  return value
}

/** A missing type is taken as JSON: `curl -d` users and small clients leave it out or send text. */
function assertJson(headers: Headers): void {
  const encoding = headers.get('content-encoding')
  if (encoding && encoding !== 'identity') {
    throw unsupported(`The body is compressed with "${encoding}". Send it uncompressed.`)
  }
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(';')
  const mediaType = type.trim()
  if (mediaType !== '' && mediaType !== 'text/plain' && !/^application\/([\w.-]+\+)?json$/.test(mediaType)) {
    throw unsupported(`The content type is "${mediaType}". Send JSON with "content-type: application/json".`)
  }
  const charset = parameters.map((parameter) => /^\s*charset="?([\w-]+)"?/.exec(parameter)?.[1]).find(Boolean)
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8' && charset !== 'us-ascii') {
    throw unsupported(`The character set is "${charset}". Send UTF-8.`)
  }
}

/**
 * Reads a request's body, never holding more than the limit: a declared length is refused at once, an undeclared one is
 * counted as it comes.
 *
 * @throws {ParleyError} `payload_too_large` above the limit
 */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const declared = request.headers.get('content-length')
  if (declared !== null) {
    if (Number(declared) > maxBytes) throw tooLarge(maxBytes)
    const body = new Uint8Array(await request.arrayBuffer().catch(cutOff))
    if (body.byteLength > maxBytes) throw tooLarge(maxBytes)
    return body
  }
  if (request.body === null) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body.getReader()
  for (;;) {
    const { done, value } = await reader.read().catch(cutOff)
    if (done) return concat(chunks, size)
    size += value.byteLength
    if (size > maxBytes) {
      // The rest is not wanted; whether the sender hears it is of no consequence.
      reader.cancel().catch(() => undefined)
      throw tooLarge(maxBytes)
    }
    chunks.push(value)
  }
}

/** A body as it comes, read piece by piece. A sender that leaves before its end sent an invalid request. */
export function bodyOf({ body }: Request): ReadableStream<Uint8Array> {
  if (body === null) return new Blob([]).stream()
  const reader = body.getReader()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read().catch(cutOff)
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

/** Not behind a backslash that is itself escaped, which makes it plain text. */
const ESCAPED_NUL = /((?<!\\)(?:\\\\)*)\\u0000/g

function concat(chunks: Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.byteLength
  }
  return whole
}

function decodeUtf8(body: Uint8Array): string {
  if (body.byteLength === 0) throw invalid('The body is empty. Send a JSON object.')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch (cause) {
    throw invalid('The body is not valid UTF-8.', cause)
  }
  if (text.startsWith('\uFEFF')) throw invalid('The body starts with a byte order mark. Send UTF-8 without one.')
  return text
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const place = cause instanceof SyntaxError ? ` ${cause.message}.` : ''
    throw invalid(`The body is not valid JSON.${place}`, cause)
  }
}

/** Walks no deeper than the limit, so a body made of brackets cannot exhaust the stack. */
function assertStorable(value: unknown, rule: { depth: number; mayHoldNul: boolean }, path = ''): void {
  if (typeof value === 'string') {
    if (rule.mayHoldNul && value.includes('\0')) throw invalid(`${path || 'The body'} must not contain U+0000.`)
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (rule.depth === 0) {
    const place = path.split('.').slice(0, 4).join('.')
    throw invalid(`${place} is nested too deep. At most ${MAX_DEPTH} levels are accepted.`)
  }
  const inner = { ...rule, depth: rule.depth - 1 }
  for (const [key, child] of Object.entries(value)) {
    const place = path ? `${path}.${key}` : key
    if (rule.mayHoldNul && key.includes('\0')) throw invalid(`A key in ${path || 'the body'} contains U+0000.`)
    assertStorable(child, inner, place)
  }
}

const cutOff = (cause: unknown): never => {
  throw invalid('The body ended before it was complete.', cause)
}
const invalid = (message: string, cause?: unknown) => new ParleyError('invalid_request', message, { cause })
const unsupported = (message: string) => new ParleyError('unsupported_media_type', message)
const tooLarge = (maxBytes: number) =>
  new ParleyError('payload_too_large', `The body is larger than the ${maxBytes} bytes accepted here.`)
