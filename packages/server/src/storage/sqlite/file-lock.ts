import Database from 'libsql'
import { StorageError } from '../storage-error.js'

/**
 * Keeps a second process away from a database file: an exclusive transaction on an empty database beside it, held for
 * the life of the process. The operating system lets go of it however the process ends, and the database itself stays
 * readable for backups.
 *
 * @returns a function that lets go.
 * @throws {StorageError} when another process, or another store of this one, holds the file.
 */
export function lockFile(path: string): () => void {
  const lock = new Database(`${path}.lock`)
  try {
    lock.exec('begin exclusive')
  } catch (thrown) {
    lock.close()
    if (!(thrown instanceof Database.SqliteError) || !thrown.code.startsWith('SQLITE_BUSY')) throw thrown
    throw new StorageError(
      `The database ${path} is in use by another Parley process: stop that one first, or choose another data directory with PARLEY_DATA.`,
    )
  }
  return () => {
    lock.exec('rollback')
    lock.close()
  }
}
