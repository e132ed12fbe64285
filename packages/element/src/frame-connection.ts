import {
  type BridgeError,
  type Channel,
  createNonce,
  encodeInvitation,
  type FrameApi,
  loadFont,
  offerPort,
  openChannel,
  type PageApi,
  type PageFetchApi,
  type PageFontApi,
  servePageFetch,
} from './bridge/index.js'
import { watchFrame } from './frame-failure.js'

/** What a page may allow the chat: scripts and its own storage, forms, links in new tabs, downloads. Nothing else. */
const SANDBOX =
  'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads'

export interface FrameConnection {
  readonly frame: HTMLIFrameElement
  close(): void
}

export interface FrameConnectionOptions {
  /** Address of the frame, on the server that served the script. */
  url: string
  title: string
  getFetch(): typeof fetch
  page: Omit<PageApi, keyof (PageFetchApi & PageFontApi)>
  onConnect(channel: Channel<FrameApi>): void
  onFailure(error: BridgeError): void
}

/** Makes the iframe and, once it is in the document and has said hello, connects it. It lives until `close`. */
export function openFrame({
  url,
  title,
  getFetch,
  page,
  onConnect,
  onFailure,
}: FrameConnectionOptions): FrameConnection {
  const nonce = createNonce()
  const frame = document.createElement('iframe')
  frame.src = url + encodeInvitation({ nonce, host: window.origin })
  frame.title = title
  frame.setAttribute('part', 'frame')
  frame.setAttribute('sandbox', SANDBOX)
  frame.allow = 'clipboard-write; microphone' // the browser asks the person before it hears anything
  // CSSOM, not a style element or attribute: a page's strict style-src does not concern it.
  Object.assign(frame.style, { display: 'block', width: '100%', height: '100%', border: '0', colorScheme: 'normal' })

  const requests = servePageFetch(getFetch)
  let channel: Channel<FrameApi> | undefined

  const stopWatching = watchFrame(frame, onFailure)
  const stopOffering = offerPort(frame, { nonce, origin: new URL(url).origin }, (port) => {
    stopWatching()
    const { cancelAll: _, ...offered } = requests
    channel = openChannel<PageApi, FrameApi>(port, { ...page, ...offered, loadFont })
    onConnect(channel)
  })

  return {
    frame,
    close() {
      stopWatching()
      stopOffering()
      requests.cancelAll()
      channel?.close()
      frame.remove()
    },
  }
}
