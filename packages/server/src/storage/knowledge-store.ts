import type { Page } from '@parley/protocol'
import type { PageQuery } from './store.js'

/** Documents that agents of a workspace may search. */
export interface KnowledgeBaseRecord {
  id: string
  workspace_id: string
  name: string
  description?: string
  created_at: string
  updated_at: string
}

/** One document of a base, and how far it is. */
export interface KnowledgeDocumentRecord {
  id: string
  base_id: string
  workspace_id: string
  title: string
  filename?: string
  url?: string
  /** `reading`: its text is not known yet; `indexing`: found by words, not yet by meaning; `failed`: see `problem`. */
  status: 'reading' | 'indexing' | 'ready' | 'failed'
  problem?: string
  bytes: number
  /** How many passages it was cut into, and how many of them have a vector. */
  passages: number
  embedded: number
  /** The model the vectors are of. */
  embedding_model?: string
  created_at: string
  updated_at: string
}

/** A piece of a document. `vector` is text that only knowledge itself can read. */
export interface PassageRecord {
  headings: string[]
  text: string
  page?: number
  vector?: string
}

/** The knowledge of all workspaces. Foreign ids look missing. */
export interface KnowledgeStore {
  addBase(base: KnowledgeBaseRecord): Promise<void>
  loadBase(workspaceId: string, baseId: string): Promise<KnowledgeBaseRecord | null>
  /** `false`: there is no such base. */
  saveBase(base: KnowledgeBaseRecord): Promise<boolean>
  /** By creation. @throws {ParleyError} `invalid_cursor` for an unknown `after` */
  listBases(workspaceId: string, page: PageQuery): Promise<Page<KnowledgeBaseRecord>>
  /** With everything in it. `false`: there is no such base. */
  deleteBase(workspaceId: string, baseId: string): Promise<boolean>
  /** A number that is another one after every change of what the base says; `null`: there is no such base. */
  revisionOf(workspaceId: string, baseId: string): Promise<number | null>

  /** `false`: its base is gone. */
  addDocument(document: KnowledgeDocumentRecord): Promise<boolean>
  /** `false`: it is gone. */
  saveDocument(document: KnowledgeDocumentRecord): Promise<boolean>
  loadDocument(workspaceId: string, baseId: string, documentId: string): Promise<KnowledgeDocumentRecord | null>
  /** By creation. @throws {ParleyError} `invalid_cursor` for an unknown `after` */
  listDocuments(workspaceId: string, baseId: string, page: PageQuery): Promise<Page<KnowledgeDocumentRecord>>
  deleteDocument(workspaceId: string, baseId: string, documentId: string): Promise<boolean>
  /** Documents of every workspace that are not done and were last told of before `time`: a process ended over them. */
  listUnfinished(time: string): Promise<KnowledgeDocumentRecord[]>

  /** Puts passages in the place of those it had, and saves the document. `false`: it is gone. */
  replacePassages(document: KnowledgeDocumentRecord, passages: PassageRecord[]): Promise<boolean>
  /** Gives passages from number `start` on their vectors, and saves the document. `false`: it is gone. */
  saveVectors(document: KnowledgeDocumentRecord, start: number, vectors: string[]): Promise<boolean>
  /** In order. */
  loadPassages(document: KnowledgeDocumentRecord): Promise<PassageRecord[]>
}
