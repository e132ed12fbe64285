import type { Turn } from './selectors.js'

/** Turns next to each other that the browser skips as one while they are out of sight. */
export interface TurnGroup {
  readonly key: string
  readonly turns: readonly Turn[]
}

/** Small enough to draw at once when it comes into sight, large enough that a long thread has few of them. */
const GROUP_SIZE = 20

/**
 * Puts the turns into groups. A turn stays in the group it was first put into, whatever comes before or after it, and
 * what has not changed is the same object as `before`, so that nothing of it is drawn again.
 */
export function groupTurns(turns: readonly Turn[], before: readonly TurnGroup[]): TurnGroup[] {
  const known = new Map(before.flatMap((group) => group.turns.map((turn) => [turn.key, { group, turn }] as const)))
  const groups: { key: string; turns: Turn[]; from: TurnGroup | undefined }[] = []
  for (const turn of turns) {
    const old = known.get(turn.key)
    const last = groups.at(-1)
    const joins = old ? last?.from === old.group : last !== undefined && last.turns.length < GROUP_SIZE
    const same = old && sameIds(old.turn, turn) ? old.turn : turn
    if (last && joins) last.turns.push(same)
    else groups.push({ key: old?.group.key ?? turn.key, turns: [same], from: old?.group })
  }
  return groups.map(({ key, turns, from }) => (from && sameTurns(from.turns, turns) ? from : { key, turns }))
}

const sameIds = (one: Turn, other: Turn) =>
  one.userId === other.userId &&
  one.itemIds.length === other.itemIds.length &&
  one.itemIds.every((id, at) => id === other.itemIds[at])

const sameTurns = (one: readonly Turn[], other: readonly Turn[]) =>
  one.length === other.length && one.every((turn, at) => turn === other[at])
