/** Every failure the element, the bridge or the frame's host side can report by itself. */
export type BridgeErrorCode =
  | 'closed'
  | 'not_cloneable'
  | 'not_a_function'
  | 'unknown_call'
  | 'call_failed'
  | 'request_failed'
  | 'client_secret_failed'
  | 'frame_unreachable'
  | 'frame_blocked'
  | 'frame_silent'

/** An error with a sentence a page's author can act on; it survives the way between page and frame. */
export class BridgeError extends Error {
  override readonly name = 'BridgeError'
  constructor(
    readonly code: BridgeErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** What of an error crosses the channel: never a stack, which may name the page's own files. */
export interface WireError {
  name: string
  message: string
  code?: string
}

export function encodeError(thrown: unknown): WireError {
  if (!(thrown instanceof Error) && !(thrown instanceof DOMException)) return { name: 'Error', message: String(thrown) }
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined
  return { name: thrown.name, message: thrown.message, ...(code === undefined ? {} : { code }) }
}

/** An abort stays an abort on the other side, so that a stopped request is not mistaken for a failed one. */
export function decodeError({ name, message, code }: WireError): Error {
  if (name === 'AbortError') return new DOMException(message, name)
  return Object.assign(new Error(message), { name, ...(code === undefined ? {} : { code }) })
}
