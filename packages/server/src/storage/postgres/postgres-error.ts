import { ParleyError } from '@parley/protocol'
import { StorageError } from '../storage-error.js'

/** Where a connection goes, without its password. */
export interface Address {
  host: string
  port: number
  database: string
  user: string
}

/** What happened and what to do, by the code of the socket or of PostgreSQL. */
const REASONS: Record<string, (address: Address) => string> = {
  ECONNREFUSED: () => 'nothing listens there. Start PostgreSQL, or correct DATABASE_URL.',
  ENOTFOUND: () => 'the host name is unknown. Correct DATABASE_URL.',
  ETIMEDOUT: () => 'no answer. Check the network and the firewall, or correct DATABASE_URL.',
  ENOENT: () => 'the socket does not exist. Start PostgreSQL, or correct DATABASE_URL.',
  '28P01': ({ user }) => `the password of user "${user}" is wrong. Correct DATABASE_URL.`,
  '28000': ({ user }) => `user "${user}" may not sign in. Correct DATABASE_URL or the server's pg_hba.conf.`,
  '3D000': ({ database }) => `the database does not exist. Create it: createdb ${database}`,
  '42501': ({ user }) => `user "${user}" may not create tables. Grant it CREATE on the schema.`,
  '53300': () => 'the server has no connection left. Raise its max_connections, or end other programs.',
  '57P03': () => 'the server is starting up or shutting down. Try again in a moment.',
}

/** A failure while the store opens, as one line that names the place and the cure. */
export function toStorageError(thrown: unknown, address: Address): StorageError {
  if (thrown instanceof StorageError) return thrown
  const reason = REASONS[codeOf(thrown)]?.(address) ?? `${messageOf(thrown)}. Check DATABASE_URL and the server's log.`
  return new StorageError(`Cannot use PostgreSQL at ${describeAddress(address)}: ${reason}`, { cause: thrown })
}

/** `database "parley" on 127.0.0.1:5432`. */
export function describeAddress({ host, port, database }: Address): string {
  return `${host}:${port}, database "${database}"`
}

/** A failure in the middle of work: a lost connection is worth another try, everything else is passed on. */
export function toRequestError(thrown: unknown): unknown {
  if (!isConnectionLoss(thrown)) return thrown
  return new ParleyError('unavailable', 'The database cannot be reached at the moment.', { cause: thrown })
}

/** The victim of a deadlock, or of two transactions that exclude each other: the same transaction will succeed later. */
export function isWorthRepeating(thrown: unknown): boolean {
  return ['40P01', '40001'].includes(codeOf(thrown))
}

function isConnectionLoss(thrown: unknown): boolean {
  if (thrown instanceof StorageError) return true
  const code = codeOf(thrown)
  if (code !== '') return /^(08|57P|E(?!RR_)[A-Z_]+$)/.test(code) || code === '53300'
  // The driver's own failures are plain errors without a code: a connection that broke, or none free in time.
  return thrown instanceof Error && thrown.constructor === Error
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
