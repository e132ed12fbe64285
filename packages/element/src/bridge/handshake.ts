/**
 * How page and frame find each other: the frame says hello with the nonce it was opened with, the page answers with one
 * end of a message channel. Each side checks the other's window, origin and the nonce; the frame takes one port, ever.
 */
const HELLO = 'parley.hello'
const PORT = 'parley.port'

interface Greeting {
  type: string
  nonce: string
}

export interface Invitation {
  /** Unguessable, made for one iframe. */
  nonce: string
  /** Origin of the page; `"null"` for a page opened from disk or inside a sandbox. */
  host: string
  /** The page lent its microphone when the frame was loaded. */
  microphone: boolean
}

/** The fragment of the frame's address that carries the invitation; fragments are never sent to the server. */
export function encodeInvitation({ nonce, host, microphone }: Invitation): string {
  return `#${new URLSearchParams({ nonce, host, ...(microphone && { microphone: '' }) })}`
}

export function decodeInvitation(hash: string): Invitation | null {
  const fields = new URLSearchParams(hash.slice(1))
  const nonce = fields.get('nonce')
  const host = fields.get('host')
  return nonce && host ? { nonce, host, microphone: fields.has('microphone') } : null
}

export function createNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The page's side: hands the frame a port at its hello, and another when it was loaded anew. Returns how to stop. */
export function offerPort(
  frame: HTMLIFrameElement,
  { nonce, origin }: { nonce: string; origin: string },
  onPort: (port: MessagePort) => void,
): () => void {
  const listen = ({ source, origin: sender, data }: MessageEvent<unknown>) => {
    if (source !== frame.contentWindow || sender !== origin || !isGreeting(data, HELLO, nonce)) return
    const { port1, port2 } = new MessageChannel()
    onPort(port1)
    frame.contentWindow?.postMessage({ type: PORT, nonce } satisfies Greeting, origin, [port2])
  }
  window.addEventListener('message', listen)
  return () => window.removeEventListener('message', listen)
}

/** The frame's side: says hello to the page that opened it and resolves with the port it is given. */
export function acceptPort({ nonce, host }: Invitation): Promise<MessagePort> {
  return new Promise((resolve) => {
    const listen = ({ source, origin, data, ports }: MessageEvent<unknown>) => {
      const [port] = ports
      if (source !== window.parent || origin !== host || !port || !isGreeting(data, PORT, nonce)) return
      window.removeEventListener('message', listen)
      resolve(port)
    }
    window.addEventListener('message', listen)
    // An opaque origin cannot be addressed by name; the nonce, which only that page knows, still guards the answer.
    window.parent.postMessage({ type: HELLO, nonce } satisfies Greeting, host === 'null' ? '*' : host)
  })
}

function isGreeting(data: unknown, type: string, nonce: string): boolean {
  const greeting = data as Partial<Greeting> | null // any page may post anything: both fields are compared, none is used
  return typeof greeting === 'object' && greeting?.type === type && greeting.nonce === nonce
}
