import type { AgentInputItem } from '@openai/agents-core'
import type { ThreadItem } from '@parley/protocol'
import type { Trace } from '../base/trace.js'
import type { ModelSource } from '../models/model-source.js'
import type { RunContext } from '../runnable/runnable.js'
import { itemsOfTurn, type ToolCheckpoint } from './approvals.js'
import { type MemoryOptions, rememberThread } from './memory/remember-thread.js'
import type { AnyAgent } from './thread-history.js'
import type { ThreadItemConverter } from './thread-item-converter.js'

/** A conversation in two: what came before, and what the run is about. */
export interface SplitInput {
  history: AgentInputItem[]
  turn: AgentInputItem[]
  /** The item the turn begins with. */
  turnItemId: string | undefined
}

/** A thread as a run reads it. */
export interface ReadThread {
  /** In order; of a long thread the newest. */
  items: ThreadItem[]
  /** For a run that goes on: as the thread was when its turn began. */
  split(goesOnFrom: Pick<ToolCheckpoint, 'turn_item_id'> | undefined): Promise<SplitInput>
}

export interface ReadThreadOptions {
  models: Pick<ModelSource, 'kind' | 'model' | 'contextTokens'>
  memory?: MemoryOptions | false | undefined
  historyLimit?: number | undefined
  /** Absent: the items that are read may be shared. */
  converter?: ThreadItemConverter | undefined
}

/** Of what a model can read, the part a conversation gets: the rest is for instructions, tools and the answer. */
export const SHARE_OF_CONTEXT = 0.7

/** Reads all of a thread, or as much of it as the model is to be told. */
export async function readThread(
  { models, memory, historyLimit, converter: own }: ReadThreadOptions,
  context: RunContext<unknown>,
  { given, converter, trace }: { given: AnyAgent; converter: ThreadItemConverter; trace: Trace },
): Promise<ReadThread> {
  const readItems = own ? context.loadItems : context.readItems
  const modelName = typeof given.model === 'string' && given.model !== '' ? given.model : undefined
  const maxTokens = memory === false ? undefined : (memory?.maxTokens ?? defaultTokens(models, given, modelName))
  if (maxTokens === undefined) {
    const items = await loadThread(readItems, historyLimit)
    return { items, split: (from) => splitInput(from ? itemsOfTurn(items, from) : items, converter) }
  }
  const takesNotes = memory !== false && memory?.summarize !== false && models.kind !== 'offline'
  const { before, entries } = await rememberThread({
    context: { ...context, readItems },
    converter,
    maxTokens,
    historyLimit,
    ...(takesNotes && { model: (inside: Trace) => models.model(modelName, inside) }),
    trace,
  })
  const items = entries.map(({ item }) => item)
  return {
    items,
    async split(from) {
      const count = from ? itemsOfTurn(items, from).length : items.length
      const start = entries.slice(0, count).findLastIndex(({ input }) => input.length > 0)
      const told = entries.slice(0, Math.max(0, start)).flatMap(({ input }) => input)
      return {
        history: [...before, ...told],
        turn: markTurn(entries[start]?.input ?? [], items[start]),
        turnItemId: items[start]?.id,
      }
    },
  }
}

/** An agent with a model of its own is told everything: what that can read only its author knows. */
function defaultTokens(
  { contextTokens }: ReadThreadOptions['models'],
  { model }: AnyAgent,
  modelName: string | undefined,
): number | undefined {
  const context = typeof model === 'string' ? contextTokens?.(modelName) : undefined
  return context === undefined ? undefined : Math.floor(context * SHARE_OF_CONTEXT)
}

const PAGE = 500

/** The thread in order, or its newest items when there is a limit. */
async function loadThread(load: RunContext['loadItems'], limit: number | undefined): Promise<ThreadItem[]> {
  if (limit !== undefined) return (await load({ limit, order: 'desc' })).data.toReversed()
  const items: ThreadItem[] = []
  let after: string | undefined
  do {
    const page = await load({ limit: PAGE, order: 'asc', after })
    items.push(...page.data)
    after = page.has_more ? page.after : undefined
  } while (after !== undefined)
  return items
}

/** The turn is what the newest item tells the model. */
async function splitInput(items: ThreadItem[], converter: ThreadItemConverter): Promise<SplitInput> {
  for (let count = items.length; count > 0; count--) {
    const newest = items.slice(count - 1)
    const turn = await converter.toAgentInput(newest)
    if (turn.length === 0) continue
    const history = await converter.toAgentInput(items.slice(0, count - 1), { more: true })
    return { history, turn: markTurn(turn, newest[0]), turnItemId: newest[0]?.id }
  }
  return { history: [], turn: [], turnItemId: undefined }
}

/** An id on its first entry tells the turn from other conversations. */
function markTurn([first, ...rest]: AgentInputItem[], item: ThreadItem | undefined): AgentInputItem[] {
  if (!first) return []
  return [{ ...first, id: first.id ?? item?.id } as AgentInputItem, ...rest] // an id fits every kind of item
}
