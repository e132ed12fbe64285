/**
 * What crosses between a page with `<xpertai-chatkit>` and its frame. Every message carries the marker, so that other
 * messages of the page are told apart. Source: `@xpert-ai/chatkit-web-component` 0.3.4, driven in Chromium.
 */
export type XpertMessage =
  | { type: 'command'; nonce: string; command: string; data?: unknown }
  | { type: 'response'; nonce: string; response?: unknown; error?: unknown }
  | { type: 'event'; event: string; data?: unknown }
  | { type: 'fetch'; nonce: string; url: string; params: PageRequestInit; formData?: Record<string, unknown> }
  | { type: 'fetchEventSource'; nonce: string; url: string; params: PageRequestInit & { openWhenHidden: boolean } }
  | { type: 'fetchEventSourceMessage'; nonce: string; message: ServerSentMessage }
  | { type: 'abortSignal'; nonce: string; reason?: unknown }

export interface PageRequestInit {
  method: string
  headers: Record<string, string>
  body?: string | Blob
}

/** One event of a stream as the page's reader took it apart. */
export interface ServerSentMessage {
  id: string
  event: string
  data: string
}

/** A failure that survives the way to the page: as an Error it would lose its name. */
export interface FrameSafeError {
  __chatkit_error__: 'IntegrationError'
  message: string
}

export function toFrameSafe(thrown: unknown): FrameSafeError {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return { __chatkit_error__: 'IntegrationError', message }
}

/** What is known of a failure the page answered with. */
export function fromPageError(error: unknown): Error & { status?: number } {
  const { message, status } = Object(error) as { message?: unknown; status?: unknown }
  const known = new Error(typeof message === 'string' && message ? message : String(error))
  return typeof status === 'number' ? Object.assign(known, { status }) : known
}

/** The message in what a page posted, or `null`: any page may post anything. */
export function readMessage(data: unknown): XpertMessage | null {
  const { __xpaiChatKit: marker, type } = Object(data) as { __xpaiChatKit?: unknown; type?: unknown }
  return marker === true && typeof type === 'string' ? (data as XpertMessage) : null
}

export function withMarker(message: XpertMessage): XpertMessage & { __xpaiChatKit: true } {
  return { __xpaiChatKit: true, ...message }
}
