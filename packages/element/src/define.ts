import { createChatKitElement } from './chatkit-element.js'
import { warmUp } from './warm-up.js'

export interface DefineOptions {
  /** Address of the script on the Parley server, or of the server itself: the frame is found next to it. */
  server: string | URL
}

/**
 * Registers `<openai-chatkit>`. A second call, or a second copy of the script, changes nothing: the first one stays.
 *
 * @example
 * defineChatKit({ server: 'https://chat.example.com' })
 */
export function defineChatKit({ server }: DefineOptions): void {
  defineElement(server, [])
}

/** The same, by a script that was built together with the frame and knows which scripts it begins with. */
export function defineElement(server: string | URL, frameScripts: readonly string[]): void {
  if (customElements.get('openai-chatkit')) return
  const frameUrl = new URL('chatkit/frame/', new URL(server, document.baseURI))
  const [first, ...others] = frameScripts
  warmUp(frameUrl, first)
  customElements.define('openai-chatkit', createChatKitElement(frameUrl)) // opens the frames of elements that are there
  for (const script of others) warmUp(frameUrl, script) // behind them: the line is slow where it matters
}
