import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { z } from 'zod'
import { StorageError } from '../storage-error.js'

/** One line of a backup: what it is, and its content. */
export type Entry = [kind: string, content: Record<string, unknown>]

const entrySchema = z.tuple([z.string(), z.record(z.string(), z.unknown())])

/**
 * Writes a backup: JSON lines, packed with gzip. The last line counts those before it, so that half a file is known
 * for what it is. The file appears under its name when it is whole.
 */
export async function writeBackupFile(path: string, entries: AsyncIterable<Entry>): Promise<void> {
  const unfinished = `${path}.part`
  async function* lines() {
    let count = 0
    for await (const entry of entries) {
      count += 1
      yield `${JSON.stringify(entry)}\n`
    }
    yield `${JSON.stringify(['end', { count }])}\n`
  }
  try {
    await pipeline(Readable.from(lines()), createGzip(), createWriteStream(unfinished, { mode: 0o600 }))
    await rename(unfinished, path)
  } catch (thrown) {
    await rm(unfinished, { force: true })
    throw thrown
  }
}

/**
 * Reads a backup, line by line.
 * @throws {StorageError} when the file cannot be read, is no backup, or is not whole.
 */
export async function* readBackupFile(path: string): AsyncGenerator<Entry> {
  const broken = (cause?: unknown) =>
    new StorageError(`${path} is not a whole backup of Parley. Nothing was changed.`, { cause })
  const unpacked = createReadStream(path).pipe(createGunzip())
  let count = 0
  try {
    for await (const line of createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY })) {
      const entry = entrySchema.parse(JSON.parse(line))
      if (entry[0] === 'end') {
        if (entry[1].count === count) return
        throw broken()
      }
      count += 1
      yield entry
    }
  } catch (thrown) {
    throw thrown instanceof StorageError ? thrown : broken(thrown)
  }
  throw broken()
}
