import { toKey } from './keys.js'
import { all, type Script, sql } from './script.js'

const remember = sql('insert into long_ids (digest, id) values ($1, $2) on conflict do nothing')

/** Keeps the user's id where a column only has its digest, for those who read whole workspaces. */
export function* rememberUser(userId: string): Script<void> {
  const key = toKey(userId)
  if (key !== userId) yield* all(remember, [key, JSON.stringify(userId)])
}

/** The id that a column stands for; `long` is what `long_ids` knows of it. */
export const originalId = (key: string, long: string | null): string => (long === null ? key : JSON.parse(long))
