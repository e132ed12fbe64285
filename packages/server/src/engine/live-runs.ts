import type { Clock } from '../base/clock.js'
import type { LiveRun } from './live-run.js'

/** How long, how many and how large the logs of ended runs are kept for readers that come back. */
export interface Grace {
  ms: number
  runs: number
  size: number
}

/** Hears of a thread's runs. */
export interface ThreadWatcher<Context> {
  /** `after`: the last event before this start; a run that waited has earlier ones. */
  started(run: LiveRun<Context>, after: number): void
  /** Somebody wrote into the thread, or took something away. */
  changed(): void
  /** No more will start. */
  ended(): void
}

/** The runs of this process: the active one of each thread, those that wait for their turn, and for a while those that ended. */
export class LiveRuns<Context> {
  readonly #clock: Clock
  readonly #grace: Grace
  readonly #active = new Map<string, LiveRun<Context>>()
  readonly #byId = new Map<string, LiveRun<Context>>()
  readonly #byRequest = new Map<string, LiveRun<Context>>()
  readonly #queued = new Set<LiveRun<Context>>()
  /** Ended runs in the order of their end, each with the time it may go and its size then. */
  readonly #ended = new Map<LiveRun<Context>, { goesAt: number; size: number }>()
  /** Who hears of runs that start on a thread. */
  readonly #watchers = new Map<string, Set<ThreadWatcher<Context>>>()
  #endedSize = 0
  #cancelTimer: (() => void) | undefined

  constructor(clock: Clock, grace: Grace) {
    this.#clock = clock
    this.#grace = grace
  }

  add(run: LiveRun<Context>): void {
    const earlier = this.#byId.get(run.record.id)
    if (earlier && earlier !== run) this.#forget(earlier)
    this.#active.set(run.record.thread_id, run)
    this.#queued.delete(run)
    this.#know(run)
  }

  /** The run was accepted, and begins when it is added. */
  enqueue(run: LiveRun<Context>): void {
    this.#queued.add(run)
    this.#know(run)
  }

  #know(run: LiveRun<Context>): void {
    this.#byId.set(run.record.id, run)
    if (run.requestId !== undefined) this.#byRequest.set(requestKey(run), run)
  }

  /** The run never began: whoever waits for it or reads it already is let go. */
  discard(run: LiveRun<Context>): void {
    this.#queued.delete(run)
    this.#deactivate(run)
    this.#remove(run)
    run.log.close()
    run.markEnded()
  }

  /** The run ended: its thread is free, its log stays readable for a while. */
  end(run: LiveRun<Context>): void {
    this.#deactivate(run)
    this.#queued.delete(run)
    const { size } = run.log
    this.#ended.set(run, { goesAt: this.#clock.now().getTime() + this.#grace.ms, size })
    this.#endedSize += size
    this.#evict()
  }

  /** @returns what ends the watching */
  watch(threadId: string, watcher: ThreadWatcher<Context>): () => void {
    const watchers = this.#watchers.get(threadId) ?? new Set()
    this.#watchers.set(threadId, watchers.add(watcher))
    return () => {
      watchers.delete(watcher)
      if (watchers.size === 0 && this.#watchers.get(threadId) === watchers) this.#watchers.delete(threadId)
    }
  }

  /** The run has begun. */
  announce(run: LiveRun<Context>, after: number): void {
    for (const watcher of this.#watchers.get(run.record.thread_id) ?? []) watcher.started(run, after)
  }

  /** Nothing runs on the thread, and it is not what it was. */
  announceChange(threadId: string): void {
    for (const watcher of this.#watchers.get(threadId) ?? []) watcher.changed()
  }

  find(runId: string): LiveRun<Context> | undefined {
    return this.#byId.get(runId)
  }

  /** The run this request started, on this thread. */
  findByRequest(threadId: string, requestId: string | undefined): LiveRun<Context> | undefined {
    return requestId === undefined ? undefined : this.#byRequest.get(`${threadId} ${requestId}`)
  }

  activeOn(threadId: string): LiveRun<Context> | undefined {
    return this.#active.get(threadId)
  }

  active(): LiveRun<Context>[] {
    return [...this.#active.values()]
  }

  queued(): LiveRun<Context>[] {
    return [...this.#queued]
  }

  queuedOn(threadId: string): LiveRun<Context>[] {
    return this.queued().filter(({ record }) => record.thread_id === threadId)
  }

  /** Forgets all ended runs, and lets go of whoever watches for more. */
  clear(): void {
    for (const watchers of [...this.#watchers.values()]) for (const watcher of [...watchers]) watcher.ended()

    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    for (const run of [...this.#ended.keys()]) this.#forget(run)
  }

  #onTimer(): void {
    this.#cancelTimer = undefined
    this.#evict()
  }

  #evict(): void {
    const now = this.#clock.now().getTime()
    for (const [run, { goesAt }] of this.#ended) {
      const tooMuch = this.#ended.size > this.#grace.runs || this.#endedSize > this.#grace.size
      if (goesAt > now && !tooMuch) break
      this.#forget(run)
    }
    const [next] = this.#ended.values()
    if (next) this.#cancelTimer ??= this.#clock.after(next.goesAt - now, () => this.#onTimer())
  }

  #forget(run: LiveRun<Context>): void {
    this.#endedSize -= this.#ended.get(run)?.size ?? 0
    this.#ended.delete(run)
    this.#remove(run)
  }

  #deactivate(run: LiveRun<Context>): void {
    if (this.#active.get(run.record.thread_id) === run) this.#active.delete(run.record.thread_id)
  }

  #remove(run: LiveRun<Context>): void {
    if (this.#byId.get(run.record.id) === run) this.#byId.delete(run.record.id)
    if (this.#byRequest.get(requestKey(run)) === run) this.#byRequest.delete(requestKey(run))
  }
}

const requestKey = ({ record, requestId }: Pick<LiveRun<unknown>, 'record' | 'requestId'>) =>
  `${record.thread_id} ${requestId}`
