import { useCallback, useEffect, useState } from 'react'
import { type Failure, toFailure } from './failure.js'

export interface Loaded<Value> {
  /** Absent: it is on its way, or it failed. While it is read again the old one stays. */
  value?: Value
  failure?: Failure
  reload(): void
}

/** Reads something from the server, and again whenever `load` is another function. */
export function useLoad<Value>(load: () => Promise<Value>): Loaded<Value> {
  const [state, setState] = useState<{ value?: Value; failure?: Failure }>({})
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round reads again
  useEffect(() => {
    let isCurrent = true
    load().then(
      (value) => isCurrent && setState({ value }),
      (thrown: unknown) => isCurrent && setState({ failure: toFailure(thrown) }),
    )
    return () => {
      isCurrent = false
    }
  }, [load, round])
  return { ...state, reload: useCallback(() => setRound((count) => count + 1), []) }
}
