import { BridgeError } from './bridge-error.js'

/** What the page does for a font it chose: the frame's own policy lets it load nothing from elsewhere. */
export interface PageFontApi {
  /** The bytes of a font file. Relative addresses count from the page. */
  loadFont(url: string): Promise<ArrayBuffer>
}

export async function loadFont(url: string): Promise<ArrayBuffer> {
  const response = await fetch(new URL(url, document.baseURI))
  if (response.ok) return response.arrayBuffer()
  throw new BridgeError(
    'request_failed',
    `The font ${url} could not be loaded: the server answered ${response.status}.`,
  )
}
