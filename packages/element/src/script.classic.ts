/** Entry of `chatkit.js`, the script tag: the script's own address is where the server is. */
import { defineChatKit } from './define.js'

const script = document.currentScript ?? document.querySelector('script[src*="chatkit.js"]')
defineChatKit({ server: script instanceof HTMLScriptElement ? script.src : document.baseURI })
