import { ParleyError, type ThreadItem } from '@parley/protocol'
import type { LeftItem, RunWrites } from '../storage/store.js'
import { presentItems } from './attachments.js'
import type { Call, ThreadBranches } from './engine.js'
import type { Parts } from './parts.js'
import { isVisible } from './visible.js'

const PAGE = 500

type TurnWrites = Required<Pick<RunWrites, 'items' | 'leftItems' | 'returnedItemIds'>>

/** What turning into a branch writes. */
export interface Turn extends TurnWrites {
  /** What turns back, when everything that was added behind has gone. */
  back: TurnWrites
}

/**
 * What it takes to go on behind an item, or with `null` at the beginning: everything newer leaves the thread for a branch,
 * and if the item stands in one itself, that comes back. @throws {ParleyError} `item_not_found`
 */
export async function planTurn<Context>(
  { store }: Pick<Parts<Context>, 'store'>,
  context: Context,
  { threadId, behind }: { threadId: string; behind: string | null },
): Promise<Turn> {
  const line = await loadLine({ store }, context, threadId)
  const onLine = new Set(line.map(({ id }) => id))
  const left = new Map((await loadLeft({ store }, context, threadId)).map((one) => [one.item.id, one]))
  const returned: LeftItem[] = []
  let place = behind
  while (place !== null && !onLine.has(place)) {
    const one = left.get(place)
    if (!one) throw new ParleyError('item_not_found', 'There is no such item in this thread.')
    left.delete(place) // a ring would otherwise be walked for ever
    returned.unshift(one)
    place = one.follows
  }
  const kept = place === null ? 0 : line.findIndex(({ id }) => id === place) + 1
  const leftItems = line.map((item, index): LeftItem => ({ item, follows: line[index - 1]?.id ?? null })).slice(kept)
  return { ...exchange(leftItems, returned), back: exchange(returned, leftItems) }
}

function exchange(leftItems: LeftItem[], returned: LeftItem[]): TurnWrites {
  const items = returned.map(({ item }) => item)
  return { items, leftItems, returnedItemIds: items.map(({ id }) => id) }
}

/** Writes that are made in a branch: it is there before what they add. */
export const withTurn = (writes: RunWrites, { items, back: _, ...turn }: Turn): RunWrites => ({
  ...writes,
  ...turn,
  items: [...items, ...(writes.items ?? [])],
})

/** What was said in a thread, in the branch it is in and in those it has left. */
export async function readBranches<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
): Promise<ThreadBranches> {
  await parts.store.loadThread(threadId, context)
  const line = await loadLine(parts, context, threadId)
  const left = await loadLeft(parts, context, threadId)
  const present = async (items: ThreadItem[]) =>
    (await presentItems(parts, context, { data: items, has_more: false })).data
  const items = await present(line.filter(isVisible))
  const behind = new Map(line.map(({ id }, index) => [id, line[index - 1]?.id ?? null]))
  for (const { item, follows } of left) behind.set(item.id, follows)
  const shown = left.filter(({ item }) => isVisible(item))
  const known = new Set([...items, ...shown.map(({ item }) => item)].map(({ id }) => id))
  const presented = await present(shown.map(({ item }) => item))
  const withPlace = (item: ThreadItem): LeftItem[] => {
    const follows = shownBehind(item.id, { behind, known })
    return follows === undefined ? [] : [{ item, follows }]
  }
  return { items, left: presented.flatMap(withPlace) }
}

/** The nearest visible item before one; `undefined`: something on the way back to the beginning was deleted since. */
function shownBehind(
  id: string,
  { behind, known }: { behind: ReadonlyMap<string, string | null>; known: ReadonlySet<string> },
): string | null | undefined {
  const before: string[] = []
  let place = behind.get(id)
  for (; typeof place === 'string' && before.length <= behind.size; place = behind.get(place)) before.push(place)
  return place === null ? (before.find((one) => known.has(one)) ?? null) : undefined
}

/** All items of a thread, oldest first, hidden ones too. */
export async function loadLine<Context>(
  { store }: Pick<Parts<Context>, 'store'>,
  context: Context,
  threadId: string,
): Promise<ThreadItem[]> {
  const items: ThreadItem[] = []
  let after: string | undefined
  do {
    const page = await store.loadThreadItems(threadId, { limit: PAGE, order: 'asc', after }, context)
    items.push(...page.data)
    after = page.has_more ? page.after : undefined
  } while (after !== undefined)
  return items
}

export const loadLeft = async <Context>(
  { store }: Pick<Parts<Context>, 'store'>,
  context: Context,
  threadId: string,
): Promise<LeftItem[]> => (await store.loadLeftItems?.(threadId, context)) ?? []
