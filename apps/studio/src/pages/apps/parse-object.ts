import { FieldError } from '../../api/failure.js'

/** A JSON object somebody typed; `undefined`: they typed nothing. @throws {FieldError} */
export function parseObject(text: string, param: string): Record<string, unknown> | undefined {
  if (text.trim() === '') return undefined
  const value = parseJson(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown> // checked in this line
  throw new FieldError(param, 'This is no JSON object. Check quotes, commas and braces, or leave it empty.')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // the caller says so
  }
}
