import type { ThreadItem } from '@parley/protocol'
import type { ThreadBranches } from './engine.js'

/** The place before anything was said. */
export const START = 'start'

/** The places of a thread: one behind each item, in whatever branch, and one before all of them. */
export interface ThreadPlaces {
  /**
   * Newest first: the branch the thread is in from its end to its beginning, and before each place the branches that were
   * left there. So of several that go on from one place, clients take the thread's own for the newest.
   */
  ids: readonly string[]
  /** Where the thread is. */
  head: string
  /** What was said up to a place; `undefined`: there is no such place. */
  itemsUpTo(id: string): ThreadItem[] | undefined
  /** Where the branch that a place is in leaves the thread; `undefined`: it is the thread's own. */
  forkOf(id: string): string | undefined
}

export function placesOf({ items, left }: ThreadBranches): ThreadPlaces {
  const places = new Map<string, { item: ThreadItem; parent: string; isLeft: boolean }>()
  items.forEach((item, index) => {
    places.set(item.id, { item, parent: items[index - 1]?.id ?? START, isLeft: false })
  })
  for (const { item, follows } of left) {
    if (!places.has(item.id)) places.set(item.id, { item, parent: follows ?? START, isLeft: true })
  }
  const children = new Map<string, string[]>()
  for (const isLeft of [true, false]) {
    for (const [id, place] of places) {
      if (place.isLeft === isLeft) children.set(place.parent, [...(children.get(place.parent) ?? []), id])
    }
  }
  return {
    ids: inOrder(children).toReversed(),
    head: items.at(-1)?.id ?? START,
    itemsUpTo(id) {
      if (id !== START && !places.has(id)) return undefined
      const path: ThreadItem[] = []
      for (let place = places.get(id); place; place = places.get(place.parent)) path.push(place.item)
      return path.reverse()
    },
    forkOf(id) {
      let place = places.get(id)
      let fork: string | undefined
      while (place?.isLeft) {
        fork = place.parent
        place = places.get(fork)
      }
      return fork
    },
  }
}

/** Every place behind the one it goes on from, what was left there first. */
function inOrder(children: ReadonlyMap<string, string[]>): string[] {
  const ids: string[] = []
  const waiting = [START]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    ids.push(id)
    waiting.push(...(children.get(id) ?? []).toReversed())
  }
  return ids
}

/**
 * Part of a list of places. It does not tear a branch from the place it leaves the thread at, because clients that see the
 * one without the other could not tell which of the branches is the thread's own.
 */
export function partOfPlaces(
  { ids, forkOf }: ThreadPlaces,
  { before, limit }: { before: string | undefined; limit: number },
): string[] {
  const start = before === undefined ? 0 : ids.indexOf(before) + 1
  if (start === 0 && before !== undefined) return []
  const part = ids.slice(start, start + limit)
  const isTorn = (id: string) => {
    const fork = forkOf(id)
    return fork !== undefined && !part.includes(fork)
  }
  const whole = part.findLastIndex((id) => !isTorn(id)) + 1
  return whole === 0 ? part : part.slice(0, whole)
}
