import type { ServerCaller } from '../../../auth/access.js'
import type { Clock } from '../../../base/clock.js'
import type { KnowledgeBases, KnowledgeFileRecord } from '../../../knowledge/knowledge-bases.js'
import type { KnowledgeTags } from '../../../knowledge/knowledge-tags.js'

/** Addresses that open one file for a while, to whoever has them. */
export interface Downloads {
  addressOf(file: KnowledgeFileRecord, request: Request): Promise<string>
  /** The file such an address is of; `null` for every other address. */
  fileOf(request: Request): Promise<KnowledgeFileRecord | null>
}

/** What the routes of knowledge stand on. */
export interface DatasetParts {
  knowledge: KnowledgeBases
  tags: KnowledgeTags
  /** Whose knowledge it is; counted against what that key and its workspace may do. @throws {ParleyError} `unauthorized` */
  callerOf(request: Request): Promise<ServerCaller>
  /** The largest file that is taken as a document. */
  maxDocumentBytes: number
  /** Absent: files are not kept as they were brought. */
  downloads?: Downloads | undefined
  /** How long a caller waits for documents to be read who wants to hear of the end. */
  blockingMs: number
  clock: Clock
}
