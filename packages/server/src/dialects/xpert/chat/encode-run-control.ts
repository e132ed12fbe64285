import type { RunRecord } from '../../../engine/engine.js'
import { isPaused } from '../../../engine/waiting-run.js'
import { languageIn } from './decode-kept.js'
import type { RunControl } from './run-control-schema.js'

/** What lets a run go on; `undefined` for one that nobody paused. */
export const encodePause = (run: RunRecord | undefined): RunControl | undefined =>
  run && isPaused(run) ? { executionId: run.id, state: 'paused', pauseId: encodePauseId(run) } : undefined

/** The same where a thread is shown, but of no run that LangGraph's clients have wait: they call that an interrupt. */
export const encodeRunControl = (run: RunRecord | undefined): RunControl | undefined =>
  run && languageIn(run) === 'xpert' ? encodePause(run) : undefined

/** Every time a run is paused is another pause. */
export const encodePauseId = ({ id, attempt }: RunRecord): string => `${id}:${attempt}`
