import { type Clock, systemClock } from '../base/clock.js'
import { consoleLog, type Log } from '../base/log.js'
import { afterTick, type Schedule } from '../base/schedule.js'
import type { DurableStore } from '../storage/store.js'
import { addFeedback, transcribe } from './app-calls.js'
import type { AttachmentStore } from './attachment-store.js'
import { createAttachment, deleteAttachment, deleteThreadAndFiles } from './attachments.js'
import { createCheckpoints } from './checkpoints.js'
import { planClientToolOutput } from './client-tool-output.js'
import { planCustomAction, syncCustomAction } from './custom-action.js'
import type { Engine } from './engine.js'
import { defaultIds, type MakeId } from './ids.js'
import { readImage } from './images.js'
import { type Grace, LiveRuns } from './live-runs.js'
import { createPartials } from './partials.js'
import type { Parts, RunObserver } from './parts.js'
import type { ReadImage } from './read-image.js'
import { resumeRun } from './resume.js'
import { retryAfterItem } from './retry.js'
import { searchThreads } from './search-threads.js'
import { createStarter } from './start-run.js'
import { cancelRun, cancelRunsOf, stopAll } from './stop-run.js'
import { planStructuredInput } from './structured-input.js'
import { getThread, listItems, listThreads, updateThread } from './threads.js'
import { createTicks } from './ticks.js'
import { planNewThread, planUserMessage } from './user-message.js'

export interface EngineOptions<Context> {
  store: DurableStore<Context>
  /** Where files go; absent: `attachments.create` and `.delete` answer `not_configured`. */
  attachments?: AttachmentStore<Context>
  /** How pictures of other servers are fetched; absent: `images.read` answers `not_configured`. */
  readImage?: ReadImage
  clock?: Clock
  log?: Log
  ids?: MakeId<Context>
  /** Is told when a run starts and ends. */
  observer?: RunObserver
  /** When readers get what has been written: after each tick. */
  schedule?: Schedule
  /** How much text of a growing answer a crash may cost, in milliseconds. Default 1000. */
  snapshotEveryMs?: number
  /** How long the events of an ended run can be read again. Default: a minute, 1000 runs, 64 million characters. */
  grace?: Partial<Grace>
}

/** An answer that comes before the asking run has ended waits for that: it is no new wish. */
const ANSWER = { whenBusy: 'enqueue' } as const

const DEFAULT_GRACE: Grace = { ms: 60_000, runs: 1000, size: 64_000_000 }

/** The engine over a store. Call `sweep` once before the first request and `close` after the last. */
export function createEngine<Context>(options: EngineOptions<Context>): Engine<Context> {
  const parts = createParts(options)
  const starter = createStarter(parts)
  const { startOn, alone } = starter

  return {
    async startThread(call, input, options = {}) {
      return starter.startNew(call, await planNewThread(parts, call, input), options)
    },
    addUserMessage: (call, threadId, input, options = {}) =>
      startOn({ call, threadId, options, prepare: () => planUserMessage(parts, call, threadId, input) }),
    addClientToolOutput: (call, threadId, result, options = {}) =>
      startOn({
        call,
        threadId,
        options: { ...ANSWER, ...options },
        prepare: () => planClientToolOutput(parts, call, threadId, result),
      }),
    addStructuredInput: (call, threadId, answer, options = {}) =>
      startOn({
        call,
        threadId,
        options: { ...ANSWER, ...options },
        prepare: () => planStructuredInput(parts, call, threadId, answer),
      }),
    retryAfterItem: (call, threadId, itemId, options = {}) =>
      retryAfterItem({ parts, starter }, { call, threadId, itemId, options }),
    customAction: (call, threadId, request, options = {}) =>
      startOn({ call, threadId, options, prepare: () => planCustomAction(parts, call, threadId, request) }),
    syncCustomAction: (call, threadId, request) => syncCustomAction(parts, call, threadId, request),

    resumeRun: (call, threadId, from) => resumeRun(parts, call, threadId, from),
    cancelRun: (call, threadId) => cancelRun(parts, call, threadId),
    cancelRunsOf: (fits) => cancelRunsOf(parts, fits),
    callersOfRuns: () => parts.runs.active().map(({ call }) => call.context),

    getThread: (call, threadId) => getThread(parts, call, threadId),
    listThreads: (call, query) => listThreads(parts, call, query),
    searchThreads: (call, search) => searchThreads(parts, call, search),
    updateThread: (call, threadId, change) => updateThread(parts, call, threadId, change),
    deleteThread: (call, threadId) =>
      alone(threadId, async () => {
        await cancelRun(parts, call, threadId)
        await deleteThreadAndFiles(parts, call.context, threadId)
      }),
    listItems: (call, threadId, query) => listItems(parts, call, threadId, query),
    addFeedback: (call, feedback) => addFeedback(parts, call, feedback),
    createAttachment: (call, file) => createAttachment(parts, call, file),
    deleteAttachment: (call, attachmentId) => deleteAttachment(parts, call, attachmentId),
    transcribe: (call, audio) => transcribe(call, audio),
    readImage: (call, threadId, url) => readImage(parts, call, threadId, url),

    sweep: () => parts.store.sweepRuns(parts.clock.now().toISOString()),
    async close(graceMs = 0) {
      starter.refuse()
      await stopAll(parts, graceMs)
      parts.partials.stop()
      parts.runs.clear()
    },
  }
}

function createParts<Context>(options: EngineOptions<Context>): Parts<Context> {
  const { store, attachments, readImage, observer, clock = systemClock, log = consoleLog, ids = defaultIds } = options
  return {
    store,
    attachments,
    readImage,
    observer,
    clock,
    log,
    ids,
    checkpoints: createCheckpoints(store, log),
    ticks: createTicks(options.schedule ?? afterTick),
    partials: createPartials(store, { clock, log, everyMs: options.snapshotEveryMs ?? 1000 }),
    runs: new LiveRuns(clock, { ...DEFAULT_GRACE, ...options.grace }),
  }
}
