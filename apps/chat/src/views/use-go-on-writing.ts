import { useSession } from './session-context.js'

/**
 * For a control that goes away by being used: whoever used it goes on in the composer, instead of nowhere. Not on touch,
 * where the keyboard on screen would cover what comes.
 */
export function useGoOnWriting(): () => void {
  const session = useSession()
  return () => {
    if (!matchMedia('(pointer: coarse)').matches) session.focusComposer()
  }
}
