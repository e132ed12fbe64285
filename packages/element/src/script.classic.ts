/** Entry of `chatkit.js`, the script tag: the script's own address is where the server is. */
import { defineElement } from './define.js'
import { FRAME_SCRIPTS } from './frame-scripts.js'

const script = document.currentScript ?? document.querySelector('script[src*="chatkit.js"]')
defineElement(script instanceof HTMLScriptElement ? script.src : document.baseURI, FRAME_SCRIPTS)
