/** What the chat and the page in a widget's sandbox say to each other beside the messages of MCP Apps. */

/** The sandbox is there and waits for its HTML. */
export const READY = 'parley.sandbox.ready'
/** The HTML, and the first state. */
export const HTML = 'parley.sandbox.html'
/** A later state. */
export const STATE = 'parley.sandbox.state'
/** How high the page in the sandbox is, in pixels. */
export const SIZE = 'parley.sandbox.size'
export const ACTION = 'parley.sandbox.action'
export const LINK = 'parley.sandbox.link'

export interface SandboxState {
  data: Record<string, unknown>
  isStreaming: boolean
  theme: 'light' | 'dark'
  locale: string
}
