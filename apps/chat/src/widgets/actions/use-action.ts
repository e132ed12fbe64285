import { useRef, useState } from 'preact/hooks'
import { useForm } from '../forms/form-context.js'
import { type FieldValue, mergePayload } from '../forms/form-values.js'
import { useWidget } from '../widget-context.js'
import { loadingOf, type Place, toAction } from './action.js'

/** An action bound to a control. */
export interface BoundAction {
  /** Whether there is anything to do. */
  exists: boolean
  /** It has to wait: for the answer being written, or for its own last run. */
  isBlocked: boolean
  /** The control itself shows that it is running. */
  isLoading: boolean
  /** Runs it with the values of the form it stands in, `changed` over them. */
  run(changed?: readonly [name: string, value: FieldValue]): Promise<void>
}

/** Binds an action out of untrusted props to a place in the widget. */
export function useAction(value: unknown, place: Place): BoundAction {
  const widget = useWidget()
  const form = useForm()
  const isRunning = useRef(false)
  const [isLoading, setLoading] = useState(false)
  const action = toAction(value)
  const isBlocked = action !== null && widget.isBusy && action.handler === 'server' && action.streaming

  return {
    exists: action !== null,
    isBlocked,
    isLoading,
    async run(changed) {
      if (!action || isBlocked || (isRunning.current && place !== 'change')) return
      const merged = mergePayload(action.payload, form.values(changed ? [changed] : []))
      if (merged.clashes.length > 0) widget.reportError(new PayloadClash(merged.clashes))
      const loading = loadingOf(action, place)
      const release = loading === 'container' ? widget.hold() : null
      isRunning.current = true
      setLoading(loading === 'self')
      try {
        await widget.run({ ...action, payload: merged.payload })
      } catch (error) {
        widget.reportError(error)
      } finally {
        isRunning.current = false
        setLoading(false)
        release?.()
      }
    },
  }
}

/** An action's payload and the form around it both name a value; the payload's counts. */
class PayloadClash extends Error {
  override readonly name = 'PayloadClash'
  constructor(names: string[]) {
    super(
      `The action's payload already has ${names.map((name) => `"${name}"`).join(', ')}: the form's value is left out.`,
    )
  }
}
