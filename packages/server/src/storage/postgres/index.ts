/** PostgreSQL: the store for production. */
export { StorageError } from '../storage-error.js'
export type { DurableStore, Scope } from '../store.js'
export { type PostgresOptions, postgresStore } from './postgres-store.js'
