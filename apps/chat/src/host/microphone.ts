import type { ChatOptions } from '../store/options.js'

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
