import { type Clock, systemClock } from '../base/clock.js'
import { consoleLog, type Log } from '../base/log.js'
import { noPeers, type Peers } from '../base/peers.js'
import { afterTick, type Schedule } from '../base/schedule.js'
import type { RunRecorder } from '../base/trace.js'
import type { FeedbackStore } from '../storage/feedback-store.js'
import type { DurableStore } from '../storage/store.js'
import { createAfterwards } from './afterwards.js'
import { speak, transcribe } from './app-calls.js'
import type { AttachmentStore } from './attachment-store.js'
import { createAttachment, deleteAttachment, deleteThreadAndFiles } from './attachments.js'
import { readBranches } from './branches.js'
import type { CallKeeper } from './call-keeper.js'
import { createCheckpoints } from './checkpoints.js'
import { planClientToolOutput } from './client-tool-output.js'
import { planCustomAction, syncCustomAction } from './custom-action.js'
import type { Engine, MessageOptions, StartOptions } from './engine.js'
import { addFeedback, deleteFeedback, listFeedback, loadFeedback, saveFeedback } from './feedback.js'
import { followThread } from './follow-thread.js'
import { goOn } from './go-on.js'
import { defaultIds, type MakeId } from './ids.js'
import { readImage } from './images.js'
import { type Grace, LiveRuns } from './live-runs.js'
import {
  changeHistory,
  copyThread,
  createThread,
  deleteRun,
  findRun,
  listRuns,
  noteOnThread,
  readRun,
  readThread,
} from './noted-threads.js'
import { createPartials } from './partials.js'
import type { Parts, RunObserver } from './parts.js'
import { pauseRun } from './pause-run.js'
import type { ReadImage } from './read-image.js'
import { followLive, resumeRun } from './resume.js'
import { retryAfterItem } from './retry.js'
import { searchThreads } from './search-threads.js'
import { createStarter } from './start-run.js'
import { cancelRun, cancelRunsOf, stopAll } from './stop-run.js'
import { planStructuredInput } from './structured-input.js'
import { suggestQuestions } from './suggest-questions.js'
import { takeUpRuns } from './take-up-runs.js'
import { getThread, listItems, listThreads, updateThread } from './threads.js'
import { createTicks } from './ticks.js'
import { planNewThread, planUserMessage } from './user-message.js'

export interface EngineOptions<Context> {
  store: DurableStore<Context>
  /** Where files go; absent: `attachments.create` and `.delete` answer `not_configured`. */
  attachments?: AttachmentStore<Context>
  /** Where feedback is kept. Absent: only the app hears of it. */
  feedback?: FeedbackStore<Context>
  /** Lets runs that wait outlive this server. Absent: they end with it. */
  calls?: CallKeeper<Context>
  /** Tells other servers of runs that have ended, if any are to be told; called when there may be one. */
  tellEnds?: ((signal: AbortSignal) => Promise<void>) | undefined
  /** How pictures of other servers are fetched; absent: `images.read` answers `not_configured`. */
  readImage?: ReadImage
  clock?: Clock
  log?: Log
  ids?: MakeId<Context>
  /** Is told when a run starts and ends. */
  observer?: RunObserver
  /** Keeps what runs do, as trees. Absent: nothing of it is kept. */
  recorder?: RunRecorder | undefined
  /** The servers this one works together with. Absent: it is alone. */
  peers?: Pick<Peers, 'takePlace'> | undefined
  /** When readers get what has been written: after each tick. */
  schedule?: Schedule
  /** How much text of a growing answer a crash may cost, in milliseconds. Default 1000. */
  snapshotEveryMs?: number
  /** How long the events of an ended run can be read again. Default: a minute, 1000 runs, 64 million characters. */
  grace?: Partial<Grace>
}

/** An answer that comes before the asking run has ended waits for that: it is no new wish. */
const waiting = (options: StartOptions): StartOptions => ({ ...options, whenBusy: options.whenBusy ?? 'enqueue' })

const messageOf = ({ messageId, history, behind }: MessageOptions) => ({ messageId, history, behind })

const DEFAULT_GRACE: Grace = { ms: 60_000, runs: 1000, size: 64_000_000 }

/** The engine over a store. Call `sweep` once before the first request and `close` after the last. */
export function createEngine<Context>(options: EngineOptions<Context>): Engine<Context> {
  const parts = createParts(options)
  const starter = createStarter(parts)
  const { startOn, alone } = starter

  return {
    async startThread(call, input, options = {}) {
      return starter.startNew(call, await planNewThread(parts, call, input, options), options)
    },
    addUserMessage: (call, threadId, input, options = {}) =>
      startOn({
        call,
        threadId,
        options,
        ask: { type: 'message', input, options: messageOf(options) },
        prepare: () => planUserMessage(parts, call, threadId, { input, options }),
      }),
    addClientToolOutput: (call, threadId, result, options = {}) =>
      startOn({
        call,
        threadId,
        options: waiting(options),
        prepare: () => planClientToolOutput(parts, call, threadId, result),
      }),
    addStructuredInput: (call, threadId, answer, options = {}) =>
      startOn({
        call,
        threadId,
        options: waiting(options),
        prepare: () => planStructuredInput(parts, call, threadId, answer),
      }),
    goOn: (call, threadId, options = {}) => goOn({ parts, starter }, call, threadId, waiting(options)),
    retryAfterItem: (call, threadId, itemId, options = {}) =>
      retryAfterItem({ parts, starter }, { call, threadId, itemId, options }),
    customAction: (call, threadId, request, options = {}) =>
      startOn({ call, threadId, options, prepare: () => planCustomAction(parts, call, threadId, request) }),
    syncCustomAction: (call, threadId, request) => syncCustomAction(parts, call, threadId, request),

    resumeRun: (call, threadId, from) => resumeRun(parts, call, threadId, from),
    followThread: (call, threadId, reading) => followThread(parts, call, threadId, reading),
    followRun: (runId, after, fits) => followLive(parts, runId, after, fits),
    pauseRun: (call, threadId, runId) => pauseRun(parts, call, threadId, runId),
    cancelRun: (call, threadId, which) => cancelRun(parts, call, threadId, which),
    cancelRunsOf: (fits) => cancelRunsOf(parts, fits),
    callersOfRuns: () => [...parts.runs.queued(), ...parts.runs.active()].map(({ call }) => call.context),

    createThread: (call, thread) => alone(thread.id ?? '', () => createThread(parts, call, thread)),
    readThread: (call, threadId) => readThread(parts, call, threadId),
    noteOnThread: (call, threadId, change) => alone(threadId, () => noteOnThread(parts, call, threadId, change)),
    changeHistory: (call, threadId, change) => alone(threadId, () => changeHistory(parts, call, threadId, change)),
    readBranches: (call, threadId) => readBranches(parts, call, threadId),
    copyThread: (call, threadId, until) => copyThread(parts, call, threadId, until),
    listRuns: (call, threadId, page) => listRuns(parts, call, threadId, page),
    readRun: (call, threadId, runId) => readRun(parts, call, threadId, runId),
    findRun: (call, runId) => findRun(parts, call, runId),
    deleteRun: (call, threadId, runId) => deleteRun(parts, call, threadId, runId),

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
    saveFeedback: (call, opinion) => saveFeedback(parts, call, opinion),
    loadFeedback: (call, threadId, subjectId) => loadFeedback(parts, call, threadId, subjectId),
    listFeedback: (call, threadId) => listFeedback(parts, call, threadId),
    deleteFeedback: (call, threadId, subjectId) => deleteFeedback(parts, call, threadId, subjectId),
    createAttachment: (call, file) => createAttachment(parts, call, file),
    deleteAttachment: (call, attachmentId) => deleteAttachment(parts, call, attachmentId),
    suggestQuestions: (call, threadId) => suggestQuestions(parts, call, threadId),
    transcribe: (call, audio) => transcribe(call, audio),
    speak: (call, request) => speak(call, request),
    readImage: (call, threadId, url) => readImage(parts, call, threadId, url),

    sweep: () => parts.store.sweepRuns(parts.clock.now().toISOString(), parts.recorder !== undefined),
    takeUp: () => takeUpRuns(parts, starter),
    async close(graceMs = 0) {
      starter.refuse()
      await stopAll(parts, graceMs)
      await parts.afterwards.stop()
      parts.partials.stop()
      parts.runs.clear()
    },
  }
}

function createParts<Context>(options: EngineOptions<Context>): Parts<Context> {
  const {
    store,
    attachments,
    feedback,
    readImage,
    calls,
    tellEnds,
    observer,
    recorder,
    clock = systemClock,
    log = consoleLog,
    ids = defaultIds,
    peers = noPeers(),
  } = options
  return {
    store,
    attachments,
    feedback,
    readImage,
    calls,
    tellEnds,
    observer,
    recorder,
    clock,
    log,
    ids,
    peers,
    checkpoints: createCheckpoints(store, log),
    ticks: createTicks(options.schedule ?? afterTick),
    afterwards: createAfterwards(log),
    partials: createPartials(store, { clock, log, everyMs: options.snapshotEveryMs ?? 1000 }),
    runs: new LiveRuns(clock, { ...DEFAULT_GRACE, ...options.grace }),
  }
}
