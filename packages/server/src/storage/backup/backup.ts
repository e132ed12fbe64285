import { type FileStorage, isFileId } from '../files/file-storage.js'
import { MIGRATIONS } from '../sql/migrations.js'
import { StorageError } from '../storage-error.js'
import { type BackupEngine, type Row, TABLES, type Table } from './backup-database.js'
import { type Entry, readBackupFile, writeBackupFile } from './backup-file.js'

/** What a backup is of. */
export interface BackupParts {
  engine: BackupEngine
  files: FileStorage
}

/** What a backup held. */
export interface BackupCounts {
  rows: number
  files: number
}

/** The format of the file itself; the schema of its rows has a number of its own. */
const FORMAT = 1

/**
 * Writes everything (threads, messages, runs, keys as hashes, attached files) into one file, as it stood at one moment.
 * A running server goes on. The file does not depend on the database: it can be restored into another kind.
 *
 * @throws {StorageError} when the database was last used by another release.
 */
export async function backup(path: string, { engine, files }: BackupParts): Promise<BackupCounts> {
  const source = await engine.openSource()
  const counts: BackupCounts = { rows: 0, files: 0 }
  async function* entries(): AsyncGenerator<Entry> {
    const schema = await source.schema()
    if (schema !== MIGRATIONS.length)
      throw new StorageError(
        'The database was last used by another release of Parley: start this one once, then back up.',
      )
    yield ['parley', { format: FORMAT, schema, created_at: new Date().toISOString() }]
    for (const table of TABLES) {
      for await (const row of source.rows(table)) {
        counts.rows += 1
        yield [table, row]
        if (table !== 'attachments' && table !== 'knowledge_files') continue
        const file = await readFile(files, String(row.id))
        if (file === null) continue
        counts.files += 1
        yield ['file', { id: String(row.id), data: file }]
      }
    }
  }
  try {
    await writeBackupFile(path, entries())
  } finally {
    await source.close()
  }
  return counts
}

/**
 * Fills an empty database, and the place of files, from a backup. The next start of the server brings older rows up to
 * date.
 *
 * @throws {StorageError} when the file is no whole backup, is of a newer release, or the database is not empty; then
 * the database is as it was.
 */
export async function restore(path: string, { engine, files }: BackupParts): Promise<BackupCounts> {
  const target = await engine.openTarget()
  const counts: BackupCounts = { rows: 0, files: 0 }
  try {
    await files.prepare?.()
    let prepared = false
    for await (const [kind, content] of readBackupFile(path)) {
      if (!prepared) {
        await target.prepare(schemaOf(path, kind, content))
        prepared = true
      } else if (kind === 'file') {
        await writeFile(files, content)
        counts.files += 1
      } else {
        await target.insert(tableOf(path, kind), content as Row) // written by `backup`, and whole
        counts.rows += 1
      }
    }
    await target.commit()
  } finally {
    await target.close()
  }
  return counts
}

function schemaOf(path: string, kind: string, { format, schema }: Record<string, unknown>): number {
  if (kind !== 'parley' || typeof schema !== 'number')
    throw new StorageError(`${path} is not a backup of Parley. Nothing was changed.`)
  if (format !== FORMAT || schema > MIGRATIONS.length)
    throw new StorageError(
      `${path} is from a newer release of Parley: restore it with that release. Nothing was changed.`,
    )
  return schema
}

function tableOf(path: string, kind: string): Table {
  const table = TABLES.find((name) => name === kind)
  if (!table) throw new StorageError(`${path} holds "${kind}", which this release does not know. Nothing was changed.`)
  return table
}

async function readFile(files: FileStorage, id: string): Promise<string | null> {
  const file = isFileId(id) ? await files.read(id) : null
  return file && Buffer.from(await new Response(file.bytes).arrayBuffer()).toString('base64')
}

async function writeFile(files: FileStorage, { id, data }: Record<string, unknown>): Promise<void> {
  const bytes = Buffer.from(String(data), 'base64')
  await files.write(String(id), new Blob([bytes]).stream(), bytes.byteLength)
}
