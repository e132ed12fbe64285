import type { RunRecord } from '../../../engine/engine.js'
import { isPaused } from '../../../engine/waiting-run.js'
import { isOfChat } from './decode-kept.js'
import type { RunControl } from './run-control-schema.js'

/** `undefined` for a run that nobody paused, and for one that LangGraph's clients have wait: they call that an interrupt. */
export const encodeRunControl = (run: RunRecord | undefined): RunControl | undefined =>
  run && isPaused(run) && isOfChat(run)
    ? { executionId: run.id, state: 'paused', pauseId: encodePauseId(run) }
    : undefined

/** Every time a run is paused is another pause. */
export const encodePauseId = ({ id, attempt }: RunRecord): string => `${id}:${attempt}`
