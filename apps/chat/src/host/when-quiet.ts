import { isBusy } from '../store/selectors.js'
import type { ChatSession } from '../store/session.js'
import type { ChatState, Draft } from '../store/state.js'

/** Calls when nobody would notice that the chat is loaded anew: nothing is being written, by nobody, and nobody is in it. */
export function whenQuiet(session: ChatSession, then: () => unknown): void {
  const look = () => {
    if (document.hasFocus() || !isQuiet(session.getState())) return
    stop()
    window.removeEventListener('blur', look)
    then()
  }
  const stop = session.subscribe(look)
  window.addEventListener('blur', look)
  look()
}

function isQuiet(state: ChatState): boolean {
  const drafts = [state.composer, ...state.drafts.values()]
  return drafts.every(isBlank) && !isBusy(state) && state.view === 'chat' && state.loading === 'none'
}

const isBlank = ({ text, quote, attachments, uploads, answers }: Draft) =>
  text === '' && quote === null && answers === null && attachments.length + uploads.length === 0
