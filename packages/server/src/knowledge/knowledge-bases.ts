import { type Page, ParleyError } from '@parley/protocol'
import { randomId } from '../base/random-id.js'
import type { KnowledgeBaseRecord, KnowledgeDocumentRecord } from '../storage/knowledge-store.js'
import type { PageQuery } from '../storage/store.js'
import { createIndexing } from './indexing.js'
import type { Hit } from './keyword-index.js'
import type { KnowledgeParts } from './knowledge-parts.js'
import { createKnowledgeSearch } from './knowledge-search.js'

export type { KnowledgeBaseRecord, KnowledgeDocumentRecord } from '../storage/knowledge-store.js'

/** A document as somebody brings it: its text, or a file with text in it. */
export type NewDocument = { title?: string | undefined; url?: string | undefined } & (
  | { text: string }
  | { file: { name: string; bytes: Uint8Array } }
)

/** The knowledge bases of every workspace. Foreign ids look missing: `not_found`. */
export interface KnowledgeBases {
  list(workspaceId: string, page: PageQuery): Promise<Page<KnowledgeBaseRecord>>
  load(workspaceId: string, baseId: string): Promise<KnowledgeBaseRecord>
  create(workspaceId: string, base: { name: string; description?: string | undefined }): Promise<KnowledgeBaseRecord>
  /** What is left out stays; `null` clears. */
  update(workspaceId: string, baseId: string, change: BaseChange): Promise<KnowledgeBaseRecord>
  /** With its documents. */
  delete(workspaceId: string, baseId: string): Promise<void>

  listDocuments(workspaceId: string, baseId: string, page: PageQuery): Promise<Page<KnowledgeDocumentRecord>>
  loadDocument(workspaceId: string, baseId: string, documentId: string): Promise<KnowledgeDocumentRecord>
  /** Answers at once; the document says how far it is. */
  addDocument(workspaceId: string, baseId: string, document: NewDocument): Promise<KnowledgeDocumentRecord>
  deleteDocument(workspaceId: string, baseId: string, documentId: string): Promise<void>
  /** Makes the vectors of one document, or of all of a base, anew: for another embedding model. Answers at once. */
  reindex(workspaceId: string, baseId: string, documentId?: string): Promise<void>

  /** The best passages of these bases first; of bases that are not there, none. */
  search(workspaceId: string, baseIds: readonly string[], query: string, limit: number): Promise<Hit[]>

  /** Goes on with what a process that ended left unfinished. */
  start(): Promise<void>
  /** Stops; what is unfinished goes on at the next start. */
  stop(): Promise<void>
  /** Resolves when nothing is being read or indexed any more. */
  idle(): Promise<void>
}

export interface BaseChange {
  name?: string | undefined
  description?: string | null | undefined
}

export function createKnowledgeBases(parts: KnowledgeParts): KnowledgeBases {
  const { store, clock } = parts
  const indexing = createIndexing(parts)
  const search = createKnowledgeSearch(parts)
  const now = () => clock.now().toISOString()

  const load = async (workspaceId: string, baseId: string) =>
    (await store.loadBase(workspaceId, baseId)) ?? missing(`There is no knowledge base "${baseId}" here.`)
  const loadDocument = async (workspaceId: string, baseId: string, documentId: string) =>
    (await store.loadDocument(workspaceId, baseId, documentId)) ?? missing(noDocument(documentId))

  return {
    list: (workspaceId, page) => store.listBases(workspaceId, page),
    load,
    async create(workspaceId, { name, description }) {
      const time = now()
      const base = { id: randomId('kb'), workspace_id: workspaceId, name, created_at: time, updated_at: time }
      const described = description ? { ...base, description } : base
      await store.addBase(described)
      return described
    },
    async update(workspaceId, baseId, change) {
      const { description, ...base } = await load(workspaceId, baseId)
      const kept = change.description === undefined ? description : change.description
      const changed = { ...base, name: change.name ?? base.name, ...(kept && { description: kept }), updated_at: now() }
      if (!(await store.saveBase(changed))) missing(`There is no knowledge base "${baseId}" here.`)
      return changed
    },
    async delete(workspaceId, baseId) {
      if (!(await store.deleteBase(workspaceId, baseId))) missing(`There is no knowledge base "${baseId}" here.`)
    },

    async listDocuments(workspaceId, baseId, page) {
      await load(workspaceId, baseId)
      return store.listDocuments(workspaceId, baseId, page)
    },
    loadDocument,
    async addDocument(workspaceId, baseId, document) {
      const record = toRecord(await load(workspaceId, baseId), document, now())
      if (!(await store.addDocument(record))) missing(`There is no knowledge base "${baseId}" here.`)
      indexing.add(record, 'text' in document ? { text: document.text } : { file: document.file })
      return record
    },
    async deleteDocument(workspaceId, baseId, documentId) {
      if (!(await store.deleteDocument(workspaceId, baseId, documentId))) missing(noDocument(documentId))
    },
    async reindex(workspaceId, baseId, documentId) {
      if (documentId !== undefined) return indexing.again(await loadDocument(workspaceId, baseId, documentId))
      await load(workspaceId, baseId)
      let after: string | undefined
      do {
        const page = await store.listDocuments(workspaceId, baseId, {
          limit: 100,
          order: 'asc',
          ...(after && { after }),
        })
        for (const document of page.data) await indexing.again(document)
        after = page.has_more ? page.after : undefined
      } while (after !== undefined)
    },

    search: (workspaceId, baseIds, query, limit) => search(workspaceId, baseIds, query, limit),
    start: () => indexing.resume(),
    stop: () => indexing.stop(),
    idle: () => indexing.idle(),
  }
}

function toRecord(base: KnowledgeBaseRecord, document: NewDocument, time: string): KnowledgeDocumentRecord {
  const file = 'file' in document ? document.file : undefined
  return {
    id: randomId('doc'),
    base_id: base.id,
    workspace_id: base.workspace_id,
    title: document.title ?? file?.name ?? 'Untitled',
    ...(file && { filename: file.name }),
    ...(document.url !== undefined && { url: document.url }),
    status: 'reading',
    bytes: file ? file.bytes.length : new TextEncoder().encode('text' in document ? document.text : '').length,
    passages: 0,
    embedded: 0,
    created_at: time,
    updated_at: time,
  }
}

const noDocument = (id: string) => `There is no document "${id}" in this knowledge base.`

function missing(message: string): never {
  throw new ParleyError('not_found', message)
}
