import type { Clock } from '../base/clock.js'
import type { Log } from '../base/log.js'
import type { Observer } from '../base/observer.js'
import type { DurableStore } from '../storage/store.js'
import type { AttachmentStore } from './attachment-store.js'
import type { Checkpoints } from './checkpoints.js'
import type { MakeId } from './ids.js'
import type { LiveRuns } from './live-runs.js'
import type { Partials } from './partials.js'
import type { ReadImage } from './read-image.js'
import type { Ticks } from './ticks.js'

/** Is told of runs. */
export type RunObserver = Pick<Observer, 'runStarted' | 'runEnded'>

/** What the engine's files share. */
export interface Parts<Context> {
  store: DurableStore<Context>
  clock: Clock
  log: Log
  ids: MakeId<Context>
  ticks: Ticks
  partials: Partials
  checkpoints: Checkpoints
  runs: LiveRuns<Context>
  attachments: AttachmentStore<Context> | undefined
  readImage: ReadImage | undefined
  observer: RunObserver | undefined
}

export const timestamp = ({ clock }: { clock: Clock }) => clock.now().toISOString()
