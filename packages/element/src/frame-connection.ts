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

/**
 * What a page may allow the chat: scripts and its own storage, forms, links in new tabs, downloads. Nothing else: no link
 * or form in it takes the page elsewhere, no dialog of its own stops it.
 *
 * Without `allow-same-origin` the chat would have no origin: no storage, no answer from its own server, and no port to the
 * page, which is given to this origin alone. With it, Chromium warns on pages of the server itself that the frame could take
 * the attribute off. That is so, and opens nothing: between documents of one origin there is no border to begin with. What
 * the frame shows is kept from running by its own policy; the attribute stays there too, for the links and the dialogs.
 */
const SANDBOX =
  'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads'

export interface FrameConnection {
  readonly frame: HTMLIFrameElement
  /** Lends the page's microphone; a frame that is there already gets it when it is loaded the next time. */
  lendMicrophone(): void
  close(): void
}

export interface FrameConnectionOptions {
  /** Address of the frame, on the server that served the script. */
  url: string
  title: string
  /** Whether the frame may ask for the microphone from the start. */
  microphone: boolean
  getFetch(): typeof fetch
  page: Omit<PageApi, keyof (PageFetchApi & PageFontApi)>
  onConnect(channel: Channel<FrameApi>): void
  onFailure(error: BridgeError): void
}

/** Makes the iframe and, once it is in the document and has said hello, connects it. It lives until `close`. */
export function openFrame({
  url,
  title,
  microphone,
  getFetch,
  page,
  onConnect,
  onFailure,
}: FrameConnectionOptions): FrameConnection {
  const nonce = createNonce()
  const frame = document.createElement('iframe')
  frame.src = url + encodeInvitation({ nonce, host: window.origin, microphone })
  frame.title = title
  frame.setAttribute('part', 'frame')
  frame.setAttribute('sandbox', SANDBOX)
  frame.allow = 'clipboard-write'
  const lendMicrophone = () => {
    frame.allow = 'clipboard-write; microphone' // the browser asks the person before it hears anything
  }
  if (microphone) lendMicrophone()
  // CSSOM, not a style element or attribute: a page's strict style-src does not concern it.
  Object.assign(frame.style, { display: 'block', width: '100%', height: '100%', border: '0', colorScheme: 'normal' })

  const requests = servePageFetch(getFetch)
  let channel: Channel<FrameApi> | undefined

  const stopWatching = watchFrame(frame, onFailure)
  const stopOffering = offerPort(frame, { nonce, origin: new URL(url).origin }, (port) => {
    stopWatching()
    const { cancelAll, ...offered } = requests
    cancelAll() // of a frame that was loaded before
    channel?.close()
    channel = openChannel<PageApi, FrameApi>(port, { ...page, ...offered, loadFont })
    onConnect(channel)
  })

  return {
    frame,
    lendMicrophone,
    close() {
      stopWatching()
      stopOffering()
      requests.cancelAll()
      channel?.close()
      frame.remove()
    },
  }
}
