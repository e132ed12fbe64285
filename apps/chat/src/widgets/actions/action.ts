import { isRecord, oneOf } from '../values/read.js'

/** An action as a widget describes it. All but `type` and `payload` are for the client and never leave the browser. */
export interface ActionConfig {
  type: string
  payload?: unknown
  handler: 'server' | 'client'
  streaming: boolean
  loadingBehavior: 'auto' | Loading
}

/** What shows that an action runs: nothing, the control it was started from, or the whole widget. */
export type Loading = 'none' | 'self' | 'container'

/** Where an action is bound to: decides what `auto` means. */
export type Place = 'click' | 'change' | 'submit'

const AUTO: Record<Place, Loading> = { click: 'self', change: 'none', submit: 'container' }

/** Reads an action out of untrusted widget data. */
export function toAction(value: unknown): ActionConfig | null {
  if (!isRecord(value) || typeof value.type !== 'string') return null
  return {
    type: value.type,
    payload: value.payload,
    handler: oneOf(value.handler, ['client']) ?? 'server',
    streaming: value.streaming !== false,
    loadingBehavior: oneOf(value.loadingBehavior, ['none', 'self', 'container']) ?? 'auto',
  }
}

export function loadingOf({ loadingBehavior }: ActionConfig, place: Place): Loading {
  return loadingBehavior === 'auto' ? AUTO[place] : loadingBehavior
}
