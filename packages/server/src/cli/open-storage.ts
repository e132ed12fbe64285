import { join } from 'node:path'
import type { Settings } from '../node/settings.js'
import type { BackupEngine } from '../storage/backup/backup-database.js'
import { cachedItems } from '../storage/cached-items.js'
import { diskFiles } from '../storage/files/disk-files.js'
import type { FileStorage } from '../storage/files/file-storage.js'
import { sqliteStore } from '../storage/sqlite/index.js'
import { StorageError } from '../storage/storage-error.js'
import type { Scope } from '../storage/store.js'
import type { ServerStore } from '../storage/workspace-store.js'

// What only some servers use is loaded by those: a start reads as little as it can.

/**
 * The database the settings name.
 *
 * @param onLost Told when another process has taken it over; nothing can be stored from then on.
 */
export async function openStore(
  { databaseUrl, databasePoolSize }: Settings,
  folder: string,
  onLost?: (lost: StorageError) => void,
): Promise<ServerStore> {
  if (!databaseUrl) return cachedItems(sqliteStore(databaseFile(folder)), ownerOf) // the file is this process's alone
  const { postgresStore } = await import('../storage/postgres/index.js')
  return postgresStore({ connectionString: databaseUrl, poolSize: databasePoolSize, ...(onLost && { onLost }) })
}

/** The database the settings name, for this process alone. @param otherwise What to do while a server runs. */
export async function openAlone(settings: Settings, folder: string, otherwise: string): Promise<ServerStore> {
  return openStore(settings, folder).catch((thrown: unknown) => {
    throw thrown instanceof StorageError ? new StorageError(`${thrown.message} ${otherwise}`) : thrown
  })
}

/** The place of attached files the settings name. */
export async function openFiles({ s3 }: Settings, folder: string): Promise<FileStorage> {
  if (!s3) return diskFiles(join(folder, 'files'))
  const { s3Files } = await import('../storage/files/s3-files.js')
  return s3Files(s3)
}

/** The database the settings name, for backups. */
export async function openBackupEngine({ databaseUrl }: Settings, folder: string): Promise<BackupEngine> {
  if (databaseUrl) return (await import('../storage/postgres/postgres-backup.js')).postgresBackup(databaseUrl)
  return (await import('../storage/sqlite/sqlite-backup.js')).sqliteBackup(databaseFile(folder))
}

/** The database the settings name, beside a server that may be using it and hears of no change. */
export async function openBeside({ databaseUrl }: Settings, folder: string): Promise<ServerStore> {
  if (databaseUrl) return (await import('../storage/postgres/postgres-beside.js')).postgresBeside(databaseUrl)
  return (await import('../storage/sqlite/sqlite-beside.js')).sqliteBeside(databaseFile(folder))
}

const databaseFile = (folder: string) => join(folder, 'parley.db')

const ownerOf = ({ workspaceId, userId, appId }: Scope) => JSON.stringify([workspaceId, userId, appId])
