import type { Clock } from '../base/clock.js'
import type { LiveRun } from './live-run.js'

/** How long, how many and how large the logs of ended runs are kept for readers that come back. */
export interface Grace {
  ms: number
  runs: number
  size: number
}

/** The runs of this process: the active one of each thread, and for a while those that ended. */
export class LiveRuns<Context> {
  readonly #clock: Clock
  readonly #grace: Grace
  readonly #active = new Map<string, LiveRun<Context>>()
  readonly #byId = new Map<string, LiveRun<Context>>()
  readonly #byRequest = new Map<string, LiveRun<Context>>()
  /** Ended runs in the order of their end, each with the time it may go and its size then. */
  readonly #ended = new Map<LiveRun<Context>, { goesAt: number; size: number }>()
  #endedSize = 0
  #cancelTimer: (() => void) | undefined

  constructor(clock: Clock, grace: Grace) {
    this.#clock = clock
    this.#grace = grace
  }

  add(run: LiveRun<Context>): void {
    const earlier = this.#byId.get(run.record.id)
    if (earlier) this.#forget(earlier)
    this.#active.set(run.record.thread_id, run)
    this.#byId.set(run.record.id, run)
    if (run.requestId !== undefined) this.#byRequest.set(requestKey(run), run)
  }

  /** The run never began: whoever waits for it or reads it already is let go. */
  discard(run: LiveRun<Context>): void {
    this.#deactivate(run)
    this.#remove(run)
    run.log.close()
    run.markEnded()
  }

  /** The run ended: its thread is free, its log stays readable for a while. */
  end(run: LiveRun<Context>): void {
    this.#deactivate(run)
    const { size } = run.log
    this.#ended.set(run, { goesAt: this.#clock.now().getTime() + this.#grace.ms, size })
    this.#endedSize += size
    this.#evict()
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

  /** Forgets all ended runs. */
  clear(): void {
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
