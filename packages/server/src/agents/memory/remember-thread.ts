import type { AgentInputItem, Model } from '@openai/agents-core'
import { ParleyError } from '@parley/protocol'
import type { Trace } from '../../base/trace.js'
import type { RunContext } from '../../runnable/runnable.js'
import type { ThreadItemConverter } from '../thread-item-converter.js'
import { loadTokenCounter, type TokenCounter } from './count-input.js'
import { extendNotes, type NotesParts } from './notes.js'
import { type Entry, readWindow, shrinkWindow, type Window } from './read-window.js'

/** How much of a thread the model is told, and what becomes of the rest. */
export interface MemoryOptions {
  /** Tokens of the conversation a request holds, at most. Default: seven tenths of what the model can read, where that is known; else all of it. */
  maxTokens?: number | undefined
  /** Whether a model takes notes of what no longer fits. Default: `true`; without a language model it falls away. */
  summarize?: boolean | undefined
}

export interface RememberParts {
  context: RunContext<unknown>
  converter: ThreadItemConverter
  maxTokens: number
  historyLimit?: number | undefined
  /** Makes the model that takes notes. Absent: nobody does. */
  model?: ((trace: Trace) => Promise<Model>) | undefined
  trace: Trace
}

/** A thread as a run is told it: what comes before the newest part, and that part item by item. */
export interface Remembered {
  before: AgentInputItem[]
  entries: Entry[]
}

/** Notes are taken when so much is used, so that there is room for the next turn. */
const FULL = 0.8
/** What is left as it is when notes are taken. */
const LEFT = 0.5
/** The share of the person's first message: it often says what all the rest is about. */
const FIRST_MESSAGE = 0.25

/**
 * Fits a thread into a number of tokens: the newest turns as they are, before them the person's first message and notes on
 * all that is left out. Notes are taken after the answer; before it only where something would be left out that no notes
 * tell of, and an answer never fails because of them.
 */
export async function rememberThread(parts: RememberParts): Promise<Remembered> {
  const { context, converter, maxTokens, historyLimit: limit, model } = parts
  const notes = model && { ...parts, model }
  let kept = notes && (await loadNotes(context))
  const load = { load: context.readItems, converter, limit }
  let before = kept ? await openingOf(parts, kept.notes) : undefined
  const room = () => Math.max(0, maxTokens - (before?.tokens ?? 0))
  let window = await readWindow({ ...load, maxTokens: room(), behind: kept?.through_item_id })
  if (window.isCut) {
    const [oldest] = window.entries
    if (notes && oldest && (await noteNow(notes, oldest.item.id))) kept = await loadNotes(context)
    before = await openingOf(parts, kept?.notes)
    window = shrinkWindow(window, room())
  }
  if (notes && window.tokens + (before?.tokens ?? 0) > LEFT * maxTokens) noteAfterwards(notes)
  return { before: before?.input ?? [], entries: window.entries }
}

type Noting = RememberParts & Pick<NotesParts, 'model'>

/** Notes that tell of a message that is gone (an answer was asked for anew) are not to be trusted. */
async function loadNotes(context: RunContext<unknown>) {
  const kept = await context.loadMemory()
  if (!kept) return undefined
  try {
    await context.loadItem(kept.through_item_id)
    return kept
  } catch (thrown) {
    if (!(thrown instanceof ParleyError && thrown.code === 'item_not_found')) throw thrown
    await context.saveMemory(null)
    return undefined
  }
}

/** One request, while the person waits. `false`: it failed, as the trace tells, and comes again after the answer. */
async function noteNow(parts: Noting, upTo: string): Promise<boolean> {
  const { signal } = parts.context
  try {
    await extendNotes(parts, { upTo, most: 1, trace: parts.trace, signal })
    return true
  } catch (thrown) {
    if (signal.aborted) throw thrown
    return false
  }
}

/** Threads whose notes are being taken. */
const underWay = new Set<string>()

function noteAfterwards(parts: Noting): void {
  const { context, converter, maxTokens } = parts
  const { id } = context.thread
  context.afterwards(async (signal) => {
    if (underWay.has(id)) return
    underWay.add(id)
    try {
      const kept = await loadNotes(context)
      const load = { load: context.readItems, converter, behind: kept?.through_item_id }
      const full: Window = await readWindow({ ...load, maxTokens: FULL * maxTokens })
      if (!full.isCut) return
      const [oldest] = shrinkWindow(full, LEFT * maxTokens).entries
      if (oldest) await extendNotes(parts, { upTo: oldest.item.id, most: 8, trace: {}, signal })
    } finally {
      underWay.delete(id)
    }
  })
}

/** What stands before the newest part. */
async function openingOf(
  { context, maxTokens }: RememberParts,
  notes: string | undefined,
): Promise<{ input: AgentInputItem[]; tokens: number }> {
  const counter = await loadTokenCounter()
  const { data } = await context.readItems({ limit: 20, order: 'asc' })
  const first = data.find((item) => item.type === 'user_message')
  const said = first?.content.map((part) => (part.type === 'input_tag' ? `@${part.text}` : part.text)).join('') ?? ''
  const texts = [
    ...(said ? [`This conversation began with:\n${cutTo(said, FIRST_MESSAGE * maxTokens, counter)}`] : []),
    ...(notes
      ? [`Notes on what was said since then and is left out here:\n${notes}`]
      : ['What came next is left out.']),
  ]
  const text = `<HiddenContext>\n${texts.join('\n\n')}\n</HiddenContext>`
  return {
    input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text }] }],
    tokens: counter.countText(text) + 4,
  }
}

function cutTo(text: string, tokens: number, { countText }: TokenCounter): string {
  let kept = text
  while (kept.length > 200 && countText(kept) > tokens) kept = kept.slice(0, Math.ceil(kept.length * 0.7))
  return kept === text ? text : `${kept} …`
}
