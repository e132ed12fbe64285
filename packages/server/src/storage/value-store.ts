import type { Page } from '@parley/protocol'
import type { PageQuery, Scope } from './store.js'

/** A value that a user's clients keep under a name, in no thread and for no app. */
export interface KeptValue {
  namespace: string[]
  key: string
  value: Record<string, unknown>
  created_at: string
  updated_at: string
  /** Minutes it is kept after it was put or refreshed. Absent: for ever. */
  ttl_minutes?: number | undefined
  /** What a search for words looks at: fields by their paths, or nothing of it. Absent: all of it. */
  index?: string[] | false | undefined
}

/** Whose values. */
export type ValueOwner = Pick<Scope, 'workspaceId' | 'userId'>

/**
 * What users' clients keep for themselves. A value of somebody else does not exist, and neither does one whose time is
 * over at `now` (ISO 8601).
 */
export interface ValueStore {
  /** Adds it, or puts it in the place of what has its name, which was created when it was. */
  put(value: KeptValue, owner: ValueOwner): Promise<void>
  load(name: ValueName, owner: ValueOwner, now: string): Promise<KeptValue | null>
  /** By creation. `after` is {@link idOfValue} of a value. @throws {ParleyError} `invalid_cursor` for an unknown `after` */
  list(page: PageQuery, owner: ValueOwner, now: string): Promise<Page<KeptValue>>
  /** Counts the minutes of a value that has some from `now` on. */
  refresh(value: KeptValue, owner: ValueOwner, now: string): Promise<void>
  /** `false`: there is none. */
  delete(name: ValueName, owner: ValueOwner): Promise<boolean>
  /** Whether the time of anybody's is over. */
  hasExpired(now: string): Promise<boolean>
  /** Deletes up to so many of everybody's whose time is over. @returns how many */
  deleteExpired(now: string, limit: number): Promise<number>
}

export type ValueName = Readonly<Pick<KeptValue, 'namespace' | 'key'>>

/** Its name as one text, which no other of the same user has. */
export const idOfValue = ({ namespace, key }: ValueName): string => JSON.stringify([namespace, key])

const MINUTE_MS = 60_000

/** When the time of a value is over that is put or refreshed at `from`; `null`: never. */
export const expiryOfValue = ({ ttl_minutes }: Pick<KeptValue, 'ttl_minutes'>, from: string): string | null =>
  ttl_minutes === undefined ? null : new Date(Date.parse(from) + ttl_minutes * MINUTE_MS).toISOString()
