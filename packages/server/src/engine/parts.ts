import type { Clock } from '../base/clock.js'
import type { Log } from '../base/log.js'
import type { Observer } from '../base/observer.js'
import type { Peers } from '../base/peers.js'
import type { RunRecorder } from '../base/trace.js'
import type { FeedbackStore } from '../storage/feedback-store.js'
import type { DurableStore } from '../storage/store.js'
import type { Afterwards } from './afterwards.js'
import type { AttachmentStore } from './attachment-store.js'
import type { CallKeeper } from './call-keeper.js'
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
  afterwards: Afterwards
  checkpoints: Checkpoints
  runs: LiveRuns<Context>
  attachments: AttachmentStore<Context> | undefined
  feedback: FeedbackStore<Context> | undefined
  readImage: ReadImage | undefined
  /** Absent: runs that wait end with this server. */
  calls: CallKeeper<Context> | undefined
  /** Tells other servers of runs that have ended. Absent: none are told. */
  tellEnds: ((signal: AbortSignal) => Promise<void>) | undefined
  observer: RunObserver | undefined
  /** Count the runs of an app that may have only so many. */
  peers: Pick<Peers, 'takePlace'>
  /** Keeps what runs do. Absent: nothing of it is kept. */
  recorder: RunRecorder | undefined
}

export const timestamp = ({ clock }: { clock: Clock }) => clock.now().toISOString()
