import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { type FileStorage, isFileId } from './file-storage.js'

/** Keeps files in a folder of this machine, one file per id, readable by this user alone. */
export function diskFiles(folder: string): FileStorage {
  const pathOf = (id: string) => {
    if (!isFileId(id)) throw new TypeError('A file id holds nothing but letters, digits, "_" and "-".')
    return join(folder, id)
  }

  return {
    async write(id, bytes) {
      const path = pathOf(id)
      const unfinished = `${path}.${randomUUID()}.part` // no file id has a dot, so this is never read as a file
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
    async read(id) {
      const path = pathOf(id)
      const found = await stat(path).catch(missing)
      if (!found) return null
      return {
        size: found.size,
        open(maxBytes = found.size) {
          if (maxBytes === 0 || found.size === 0) return new Blob([]).stream()
          const file = createReadStream(path, { end: Math.min(maxBytes, found.size) - 1 })
          return Readable.toWeb(file) as ReadableStream<Uint8Array> // a file is read as bytes
        },
      }
    },
    delete: (id) => rm(pathOf(id), { force: true }),
  }
}

function missing(thrown: NodeJS.ErrnoException): null {
  if (thrown.code === 'ENOENT') return null
  throw thrown
}
