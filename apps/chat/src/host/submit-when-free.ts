import { canSubmit } from '../store/selectors.js'
import type { ChatSession } from '../store/session.js'

/** Sends what the composer holds as soon as its thread is there; not what was changed meanwhile, which waits for another Enter. */
export function submitWhenFree(session: ChatSession): void {
  const { text } = session.getState().composer
  const look = () => {
    const { composer, loading } = session.getState()
    if (loading === 'thread') return
    stop()
    if (composer.text === text && canSubmit(session.getState())) void session.submitComposer()
  }
  const stop = session.subscribe(look)
  look()
}
