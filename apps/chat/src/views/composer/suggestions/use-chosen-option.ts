import { useCallback, useRef, useState } from 'preact/hooks'
import { useSession } from '../../session-context.js'
import type { Choice } from './choice.js'

/** What was chosen and is not done yet, and what could not be done. */
export function useChosenOption() {
  const session = useSession()
  const [busyId, setBusyId] = useState<string | null>(null)
  const [failedLabel, setFailedLabel] = useState<string | null>(null)
  /** Once something was done the list is over, even while it is still on screen for a moment. */
  const phase = useRef<'open' | 'busy' | 'done'>('open')

  const choose = useCallback(
    async ({ id, label, choose: carryOut }: Choice) => {
      if (phase.current !== 'open') return
      phase.current = 'busy'
      setBusyId(id)
      setFailedLabel(null)
      try {
        const answer = carryOut()
        if (!(answer instanceof Promise)) phase.current = 'done'
        await answer
        phase.current = 'done'
      } catch (error) {
        phase.current = 'open'
        setFailedLabel(label)
        session.reportError(error)
      } finally {
        setBusyId(null)
      }
    },
    [session],
  )
  return { phase, busyId, failedLabel, choose }
}
