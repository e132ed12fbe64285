import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { assertFileId, type FileStorage } from './file-storage.js'

/** No file id has a dot, so what is still arriving is never read as a file. */
const UNFINISHED = '.part'
const ABANDONED_MS = 24 * 60 * 60 * 1000

/** Keeps files in a folder of this machine, one file per id, readable by this user alone. */
export function diskFiles(folder: string): FileStorage {
  const pathOf = (id: string) => {
    assertFileId(id)
    return join(folder, id)
  }

  return {
    async prepare() {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await removeAbandoned(folder)
    },
    async check() {
      const probe = join(folder, `${randomUUID()}${UNFINISHED}`)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeFile(probe, 'parley', { flag: 'wx', mode: 0o600 }).finally(() => rm(probe, { force: true }))
    },
    async write(id, bytes) {
      const path = pathOf(id)
      const unfinished = `${path}.${randomUUID()}${UNFINISHED}`
      await mkdir(folder, { recursive: true, mode: 0o700 })
      try {
        const source = Readable.fromWeb(bytes as NodeReadableStream<Uint8Array>) // one class, declared twice
        await pipeline(source, createWriteStream(unfinished, { flags: 'wx', mode: 0o600 }))
        await rename(unfinished, path)
      } catch (thrown) {
        await rm(unfinished, { force: true })
        throw thrown
      }
    },
    async read(id, maxBytes = Number.POSITIVE_INFINITY) {
      const path = pathOf(id)
      const found = await stat(path).catch(missing)
      return found && { size: found.size, bytes: openStart(path, Math.min(maxBytes, found.size)) }
    },
    delete: (id) => rm(pathOf(id), { force: true }),
  }
}

function openStart(path: string, bytes: number): ReadableStream<Uint8Array> {
  if (bytes === 0) return new Blob([]).stream()
  return Readable.toWeb(createReadStream(path, { end: bytes - 1 })) as ReadableStream<Uint8Array> // a file is read as bytes
}

/** What a process was still writing when it was killed. */
async function removeAbandoned(folder: string): Promise<void> {
  const unfinished = (await readdir(folder)).filter((name) => name.endsWith(UNFINISHED))
  for (const name of unfinished) {
    const path = join(folder, name)
    const found = await stat(path).catch(missing)
    if (found && found.mtimeMs < Date.now() - ABANDONED_MS) await rm(path, { force: true })
  }
}

function missing(thrown: NodeJS.ErrnoException): null {
  if (thrown.code === 'ENOENT') return null
  throw thrown
}
