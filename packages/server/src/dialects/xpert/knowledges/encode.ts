import type { Hit } from '../../../knowledge/keyword-index.js'
import type { KnowledgeBaseRecord, KnowledgeDocumentRecord, StoredPassage } from '../../../knowledge/knowledge-bases.js'
import { CHARACTERS_OF_A_TOKEN } from '../../../knowledge/words.js'
import type { Knowledgebase, KnowledgeDocument, Passage } from './schema.js'

/** Whoever holds the workspace's key sees it: Xpert's "organization". */
export const encodeBase = (
  base: KnowledgeBaseRecord,
  documents: readonly Pick<KnowledgeDocumentRecord, 'passages' | 'characters'>[],
): Knowledgebase => ({
  id: base.id,
  workspaceId: base.workspace_id,
  name: base.name,
  description: base.description,
  permission: 'organization',
  type: 'standard',
  status: 'ready',
  recall: base.search && { topK: base.search.limit, score: base.search.least },
  documentNum: documents.length,
  chunkNum: sumOf(documents.map(({ passages }) => passages)),
  tokenNum: Math.ceil(sumOf(documents.map(({ characters }) => characters ?? 0)) / CHARACTERS_OF_A_TOKEN),
  createdAt: base.created_at,
  updatedAt: base.updated_at,
})

const sumOf = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0)

const STATUSES: Record<KnowledgeDocumentRecord['status'], KnowledgeDocument['status']> = {
  reading: 'running',
  indexing: 'embedding',
  ready: 'finish',
  failed: 'error',
}

export function encodeDocument(document: KnowledgeDocumentRecord): KnowledgeDocument {
  const { status, passages, embedded } = document
  return {
    id: document.id,
    knowledgebaseId: document.base_id,
    name: document.title,
    status: STATUSES[status],
    progress: status === 'ready' ? 100 : passages === 0 ? 0 : Math.floor((100 * embedded) / passages),
    processMsg: document.problem,
    chunkNum: passages,
    createdAt: document.created_at,
    updatedAt: document.updated_at,
  }
}

export const encodePassage = ({ passage, score }: Hit<StoredPassage>): Passage => ({
  pageContent: passage.text,
  metadata: {
    source: passage.document.title,
    ...(passage.document.url !== undefined && { url: passage.document.url }),
    ...(passage.page !== undefined && { page: passage.page }),
    headings: passage.headings,
  },
  score,
})
