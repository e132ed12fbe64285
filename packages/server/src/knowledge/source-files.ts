import { ParleyError } from '@parley/protocol'
import type { Clock } from '../base/clock.js'
import type { Log } from '../base/log.js'
import type { Collection } from '../storage/collection.js'
import type { FileStorage } from '../storage/files/file-storage.js'
import type { KnowledgeFileRecord } from '../storage/knowledge-store.js'

export type { KnowledgeFileRecord } from '../storage/knowledge-store.js'

/** Where files of knowledge are kept as they were brought. */
export interface SourceFileParts {
  files: FileStorage
  records: Collection<KnowledgeFileRecord>
}

/** A file as somebody brings it. */
export interface NewFile {
  name: string
  bytes: Uint8Array
  mime_type?: string | undefined
}

/** The files that documents are made of, as they were brought. A foreign id looks missing. */
export interface SourceFiles {
  keep(workspaceId: string, file: NewFile, state?: { used: true }): Promise<KnowledgeFileRecord>
  load(workspaceId: string, id: string): Promise<KnowledgeFileRecord | null>
  /** Its bytes; `null` when they are gone. */
  open(file: KnowledgeFileRecord): Promise<ReadableStream<Uint8Array> | null>
  /** A document is made of it now. Of two that ask at once one hears `false`, as whoever asks for a foreign one. */
  use(workspaceId: string, id: string): Promise<boolean>
  delete(workspaceId: string, id: string): Promise<void>
  /** Takes away what was brought and never used. */
  sweep(): Promise<void>
}

/** Addresses that open one file for a while, to whoever has them. */
export interface SourceAddresses {
  addressOf(file: KnowledgeFileRecord, request: Request): Promise<string>
  /** The file such an address is of; `null` for every other address. */
  fileOf(request: Request): Promise<KnowledgeFileRecord | null>
}

const KEPT_UNUSED_MS = 24 * 60 * 60_000

export function createSourceFiles(
  { files, records }: SourceFileParts,
  { clock, log }: { clock: Clock; log: Log },
): SourceFiles {
  const remove = async (workspaceId: string, id: string) => {
    if (!(await records.delete(workspaceId, id))) return
    await files.delete(id).catch((cause: unknown) => {
      log.error('A file of knowledge could not be removed from where files are kept.', { fileId: id, cause })
    })
  }

  return {
    async keep(workspaceId, { name, bytes, mime_type }, state) {
      const id = crypto.randomUUID()
      const record: KnowledgeFileRecord = {
        id,
        workspace_id: workspaceId,
        name,
        size: bytes.length,
        ...(mime_type && { mime_type }),
        created_at: clock.now().toISOString(),
        ...state,
      }
      await records.add(record)
      try {
        await files.write(id, new Blob([new Uint8Array(bytes)]).stream(), bytes.length)
      } catch (cause) {
        await remove(workspaceId, id)
        throw new ParleyError('unavailable', 'The file could not be kept. Try again in a moment.', { cause })
      }
      return record
    },
    load: (workspaceId, id) => records.load(workspaceId, id),
    open: async ({ id }) => (await files.read(id))?.bytes ?? null,
    async use(workspaceId, id) {
      let isFirst = false
      await records.change(workspaceId, id, (record) => {
        isFirst = !record.used
        return { ...record, used: true }
      })
      return isFirst
    },
    delete: remove,
    async sweep() {
      const before = new Date(clock.now().getTime() - KEPT_UNUSED_MS).toISOString()
      for (const { id, workspace_id, used, created_at } of await records.every())
        if (!used && created_at < before) await remove(workspace_id, id)
    },
  }
}
