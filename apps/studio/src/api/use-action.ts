import { useCallback, useState } from 'react'
import { type Failure, toFailure } from './failure.js'

export interface Action<Input> {
  isBusy: boolean
  failure?: Failure
  run(input: Input): Promise<void>
}

/** Something a person does: one at a time, with what went wrong. */
export function useAction<Input = void>(act: (input: Input) => Promise<unknown>): Action<Input> {
  const [state, setState] = useState<{ isBusy: boolean; failure?: Failure }>({ isBusy: false })
  const run = useCallback(
    async (input: Input) => {
      setState({ isBusy: true })
      try {
        await act(input)
        setState({ isBusy: false })
      } catch (thrown) {
        setState({ isBusy: false, failure: toFailure(thrown) })
      }
    },
    [act],
  )
  return { ...state, run }
}
