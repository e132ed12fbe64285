import { createHash } from 'node:crypto'
import type { Scope } from '../store.js'

const HASHED = 'sha256:'
/** PostgreSQL cannot index a text beyond 2,704 bytes; no id of ours comes near. */
const LONGEST_PLAIN_ID = 200

/**
 * The form in which an id stands in a column. Ids come from callers, and PostgreSQL refuses NUL characters and long
 * texts in an index while both engines blur lone surrogates into one character; such ids are replaced by their digest.
 * The id itself stays in the document.
 */
export function toKey(id: string): string {
  const plain =
    id.length <= LONGEST_PLAIN_ID && !id.includes('\0') && !/\p{Surrogate}/u.test(id) && !id.startsWith(HASHED)
  // JSON escapes lone surrogates, so that two of them differ in UTF-8 too.
  return plain ? id : HASHED + createHash('sha256').update(JSON.stringify(id)).digest('hex')
}

/** The first three values of every statement that looks a row up by its id. */
export function ownerKeys(scope: Scope): [string, string, string] {
  return [toKey(scope.workspaceId), toKey(scope.userId), toKey(scope.appId)]
}
