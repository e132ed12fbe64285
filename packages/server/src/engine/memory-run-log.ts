import type { ContentPartTextDelta, RunEvent } from '@parley/protocol'
import type { LogEntry } from './engine.js'
import { entryBehind, type FoldedEntry, foldEntries } from './fold-entries.js'
import type { LogReader, RunLog } from './run-log.js'
import type { Ticks } from './ticks.js'

/** Entries that are kept as they were sent: readers that keep up share them, and their encoded form. */
const FRESH_ENTRIES = 16
/** Old entries are folded this many at a time. */
const FOLD_BATCH = 64
/** Events a source may add in one tick before it has to let others have a turn. */
const EVENTS_PER_TICK = 512
/** What an entry weighs beside its text. */
const ENTRY_SIZE = 200

const OVER = { value: undefined, done: true } as const

/**
 * A run log in this process. Text that arrives in one tick is one entry; old text is folded, so a log is about as
 * large as the answer. A reader holds its position and nothing else, however slow it is.
 */
export class MemoryRunLog implements RunLog {
  readonly firstSequence: number
  lastSequence: number
  size = 0
  readonly #ticks: Ticks
  #entries: FoldedEntry[] = []
  #published = 0
  #folded = 0
  #closed = false
  #scheduled = false
  #eventsThisTick = 0
  /** The text entry of this tick that the next delta may join. */
  #open: { itemId: string; update: ContentPartTextDelta } | null = null
  #waiting: (() => void)[] = []
  #publish = () => this.#publishTick()

  constructor(ticks: Ticks, firstSequence: number) {
    this.#ticks = ticks
    this.firstSequence = firstSequence
    this.lastSequence = firstSequence - 1
  }

  append(event: RunEvent): void {
    this.#eventsThisTick += 1
    if (event.type === 'thread.item.updated' && event.update.type === 'assistant_message.content_part.text_delta') {
      this.#appendText(event.item_id, event.update)
    } else {
      this.#open = null
      this.#push(event)
    }
  }

  pause(): Promise<void> | undefined {
    if (this.#eventsThisTick < EVENTS_PER_TICK) return undefined
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  read(after: number): LogReader | undefined {
    if (after < this.firstSequence - 1) return undefined
    const seen = this.lastSequence
    let position = after
    let over = false
    /** What there is for the reader now, if anything. */
    const take = (): IteratorResult<LogEntry[], undefined> | undefined => {
      if (over) return OVER
      const batch = this.#behind(position)
      const last = batch.at(-1)
      if (!last) return this.#closed && this.#published === this.#entries.length ? OVER : undefined
      position = last.sequence
      const end = batch.findIndex(({ sequence, event }) => event.type === 'run.ended' && sequence >= seen)
      over = end >= 0
      return { value: over ? batch.slice(0, end + 1) : batch, done: false }
    }
    return {
      next: () =>
        new Promise((resolve) => {
          const tell = () => {
            const result = take()
            if (result) resolve(result)
            else this.#waiting.push(tell)
          }
          tell()
        }),
      return: async () => {
        over = true
        return OVER
      },
    }
  }

  close(): void {
    this.#closed = true
    this.#schedule()
  }

  reopen(): void {
    this.#closed = false
  }

  #appendText(itemId: string, update: ContentPartTextDelta): void {
    const open = this.#open
    if (open && open.itemId === itemId && open.update.content_index === update.content_index) {
      open.update.delta += update.delta
      this.size += update.delta.length
      return
    }
    const own = { type: update.type, content_index: update.content_index, delta: update.delta }
    this.#push({ type: 'thread.item.updated', item_id: itemId, update: own })
    this.size += update.delta.length
    this.#open = { itemId, update: own }
  }

  #push(event: RunEvent): void {
    this.lastSequence += 1
    this.size += ENTRY_SIZE
    this.#entries.push({ sequence: this.lastSequence, event })
    this.#schedule()
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    this.#ticks.add(this.#publish)
  }

  #publishTick(): void {
    this.#scheduled = false
    this.#eventsThisTick = 0
    this.#open = null
    const foldable = this.#closed ? this.#published : Math.min(this.#published, this.#entries.length - FRESH_ENTRIES)
    if (this.#closed || foldable - this.#folded >= FOLD_BATCH) this.#fold(foldable)
    const hasNews = this.#published < this.#entries.length
    this.#published = this.#entries.length
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
    if (this.#closed && hasNews) this.#schedule() // once more, to fold what readers get now
  }

  #fold(end: number): void {
    const folded = foldEntries(this.#entries.slice(this.#folded, end))
    this.size -= (end - this.#folded - folded.length) * ENTRY_SIZE
    this.#entries.splice(this.#folded, end - this.#folded, ...folded)
    this.#published -= end - this.#folded - folded.length
    this.#folded += folded.length
  }

  /** Everything published behind event `after`. */
  #behind(after: number): LogEntry[] {
    let start = this.#published
    while (start > 0 && (this.#entries[start - 1]?.sequence ?? 0) > after) start -= 1
    const batch: LogEntry[] = this.#entries.slice(start, this.#published)
    const first = this.#entries[start]
    if (first?.cuts && batch.length > 0) batch[0] = entryBehind(first, after)
    return batch
  }
}
