import type { ChatOptions } from '../store/options.js'
import { isBusy } from '../store/selectors.js'
import type { ChatSession } from '../store/session.js'
import type { ChatState, Draft } from '../store/state.js'

/** The page wants dictation, and this frame was loaded without a microphone to dictate into. */
export const lacksMicrophone = (options: ChatOptions, hasMicrophone: boolean) =>
  !hasMicrophone && options.composer?.dictation?.enabled === true

/** What the chat can offer of the page's options. */
export const withoutDictation = (options: ChatOptions): ChatOptions => ({
  ...options,
  composer: { ...options.composer, dictation: { enabled: false } },
})

/** A browser gives a frame what its page lends at the moment the frame is loaded, so it is loaded anew. */
export function reloadWithMicrophone(): void {
  history.replaceState(null, '', `${location.hash}&microphone`)
  location.reload()
}

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
