import type { Page } from '@parley/protocol'
import type { PageQuery, Scope } from './store.js'

/** A value that a user's clients keep under a name, in no thread and for no app. */
export interface KeptValue {
  namespace: string[]
  key: string
  value: Record<string, unknown>
  created_at: string
  updated_at: string
}

/** Whose values. */
export type ValueOwner = Pick<Scope, 'workspaceId' | 'userId'>

/** What users' clients keep for themselves. A value of somebody else does not exist. */
export interface ValueStore {
  /** Adds it, or puts it in the place of what has its name, which was created when it was. */
  put(value: KeptValue, owner: ValueOwner): Promise<void>
  load(namespace: readonly string[], key: string, owner: ValueOwner): Promise<KeptValue | null>
  /** By creation. `after` is {@link idOfValue} of a value. @throws {ParleyError} `invalid_cursor` for an unknown `after` */
  list(page: PageQuery, owner: ValueOwner): Promise<Page<KeptValue>>
  /** `false`: there is none. */
  delete(namespace: readonly string[], key: string, owner: ValueOwner): Promise<boolean>
}

/** Its name as one text, which no other of the same user has. */
export const idOfValue = ({ namespace, key }: { namespace: readonly string[]; key: string }): string =>
  JSON.stringify([namespace, key])
