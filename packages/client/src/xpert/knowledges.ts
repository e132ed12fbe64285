import type { CallInit } from '../transport/transport.js'
import { at, type Verbs } from '../transport/verbs.js'
import type { Knowledgebase, KnowledgeDocument, KnowledgeHit, Pagination } from './types.js'

export interface KnowledgePayload {
  workspaceId?: string | undefined
  name?: string | undefined
  description?: string | undefined
  permission?: 'private' | 'organization' | 'public' | undefined
  recall?: { topK?: number; score?: number; weight?: number } | undefined
  parserConfig?: { chunkSize?: number; chunkOverlap?: number; delimiter?: string } | undefined
  [more: string]: unknown
}

export interface NewDocument {
  storageFileId?: string | undefined
  fileUrl?: string | undefined
  filePath?: string | undefined
  name?: string | undefined
  /** In place of a file. */
  text?: string | undefined
  sourceType?: string | undefined
  parserConfig?: KnowledgePayload['parserConfig'] | undefined
  metadata?: Record<string, unknown> | undefined
}

/** Knowledge bases: create one, upload files, add them as documents, process them, ask for their status. */
export const knowledgesOf = ({ get, post, search, put, delete: remove }: Verbs) => ({
  /** It needs a `name`. */
  create: (base: KnowledgePayload, init?: CallInit) => post<Knowledgebase>('/knowledges', base, init),
  list: (init?: CallInit) => get<Pagination<Knowledgebase>>('/knowledges', undefined, init),
  get: (baseId: string, init?: CallInit) => get<Knowledgebase>(at('/knowledges', baseId), undefined, init),
  update: (baseId: string, change: KnowledgePayload, init?: CallInit) =>
    put<Knowledgebase>(at('/knowledges', baseId), change, init),
  delete: (baseId: string, init?: CallInit) => remove<void>(at('/knowledges', baseId), undefined, init),
  addDocuments: (baseId: string, documents: NewDocument[], init?: CallInit) =>
    post<KnowledgeDocument[]>(`${at('/knowledges', baseId)}/bulk`, documents, init),
  /** Makes them findable; `getStatus` says how far it is. */
  process: (baseId: string, documentIds: string[], init?: CallInit) =>
    post<KnowledgeDocument[]>(`${at('/knowledges', baseId)}/process`, documentIds, init),
  getStatus: (baseId: string, documentIds: string[], init?: CallInit) =>
    get<KnowledgeDocument[]>(`${at('/knowledges', baseId)}/status`, { ids: documentIds.join(',') }, init),
  listDocuments: (baseId: string, init?: CallInit) =>
    get<Pagination<KnowledgeDocument>>(`${at('/knowledges', baseId)}/documents`, undefined, init),
  /** Searches it as an agent does; `k`: how many passages, `score`: how well they must match, 0 to 1. */
  retrieve: (baseId: string, question: { query: string; k?: number; score?: number }, init?: CallInit) =>
    search<KnowledgeHit[]>(`${at('/knowledges', baseId)}/retrieve`, question, init),
})
