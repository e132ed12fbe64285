/** SQLite: the embedded store, one file and no server. */

export { StorageError } from '../storage-error.js'
export type { DurableStore, Scope } from '../store.js'
export { type SqliteOptions, sqliteStore } from './sqlite-store.js'
