import type { AgentInputItem, Model } from '@openai/agents-core'
import type { Trace } from '../../base/trace.js'
import type { CallContext } from '../../runnable/runnable.js'
import type { ThreadItemConverter } from '../thread-item-converter.js'
import { loadTokenCounter } from './count-input.js'
import { summarize } from './summarize.js'

/** What notes are made with. */
export interface NotesParts {
  context: Pick<CallContext, 'readItems' | 'loadMemory' | 'saveMemory'>
  converter: ThreadItemConverter
  model(trace: Trace): Promise<Model>
  /** What one request may hold. */
  maxTokens: number
}

/** A request for notes is no longer than this, whatever the model could read. */
const MOST_AT_ONCE = 24_000

/**
 * Extends the notes of a thread by what stands between their end and an item that is still told as it is, a part at a
 * time, each stored when it is done.
 *
 * @param options.upTo The first item that needs no notes.
 * @param options.most Requests to the model; what is left comes the next time.
 */
export async function extendNotes(
  { context, converter, model, maxTokens }: NotesParts,
  { upTo, most, trace, signal }: { upTo: string; most: number; trace: Trace; signal: AbortSignal },
): Promise<void> {
  const counter = await loadTokenCounter()
  const room = Math.min(MOST_AT_ONCE, maxTokens)
  for (let requests = 0; requests < most && !signal.aborted; requests += 1) {
    const kept = await context.loadMemory()
    const next: AgentInputItem[] = []
    let through: string | undefined
    let tokens = 0
    let isWhole = true
    for await (const item of itemsFrom(context, kept?.through_item_id)) {
      if (item.id === upTo) break
      const input = await converter.toAgentInput(item, { more: true })
      const more = counter.count(item, input)
      isWhole = tokens + more <= room
      if (!isWhole && through !== undefined) break
      next.push(...input)
      tokens += more
      through = item.id
    }
    if (through === undefined) return
    const notes = next.length > 0 ? await traced(trace, (inside) => ask(inside)) : undefined
    await context.saveMemory({ notes: notes ?? kept?.notes ?? '', through_item_id: through })
    if (isWhole) return

    async function ask(inside: Trace): Promise<string | undefined> {
      return summarize(await model(inside), { before: kept?.notes, next, signal })
    }
  }
}

async function* itemsFrom({ readItems }: Pick<CallContext, 'readItems'>, after: string | undefined) {
  for (let place = after, more = true; more; ) {
    const page = await readItems({ limit: 100, order: 'asc', ...(place !== undefined && { after: place }) })
    yield* page.data
    place = page.after
    more = page.has_more && place !== undefined
  }
}

async function traced<Result>(trace: Trace, work: (trace: Trace) => Promise<Result>): Promise<Result> {
  const part = trace.span?.start('take notes')
  try {
    const result = await work(part ? { ...trace, span: part } : trace)
    part?.end()
    return result
  } catch (thrown) {
    part?.end('failed')
    throw thrown
  }
}
