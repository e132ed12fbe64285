import { type ParentPassage, parentsOf } from '../../../knowledge/children.js'
import type {
  KnowledgeBaseRecord,
  KnowledgeDocumentRecord,
  KnowledgeHit,
  NamedPassage,
  StoredPassage,
} from '../../../knowledge/knowledge-bases.js'
import { seconds } from '../encode-time.js'
import { notFound } from '../errors.js'
import { tokensIn } from './encode-tokens.js'
import { encodeValues } from './encode-values.js'

/** A passage of a document and its parts. */
export type Segment = ParentPassage<
  Pick<NamedPassage, 'id' | 'text' | 'keywords' | 'hidden' | 'written' | 'question' | 'answer'>
>

/** One segment among the passages of a document. @throws {ParleyError} `not_found` */
export function segmentIn(passages: readonly NamedPassage[], id: string | undefined): ParentPassage<NamedPassage> {
  const segment = parentsOf(passages).find(({ passage }) => passage.id === id)
  if (!segment) throw notFound('Segment not found.')
  return segment
}

export function encodeSegment({ passage, place, children }: Segment, document: KnowledgeDocumentRecord, hits = 0) {
  const isDone = document.status === 'ready'
  const content = passage.question ?? passage.text
  const parts = passage.question === undefined ? children : [] // a question is found by itself
  return {
    id: passage.id,
    position: place + 1,
    document_id: document.id,
    content,
    sign_content: content,
    answer: passage.answer ?? null,
    word_count: passage.text.length,
    tokens: tokensIn(passage.text.length),
    keywords: passage.keywords ?? [],
    index_node_id: passage.id,
    index_node_hash: null,
    hit_count: hits,
    enabled: !passage.hidden,
    disabled_at: passage.hidden ? seconds(document.updated_at) : null,
    disabled_by: null,
    status: isDone ? 'completed' : 'indexing',
    created_by: document.workspace_id,
    created_at: seconds(document.created_at),
    updated_at: seconds(document.updated_at),
    updated_by: null,
    indexing_at: seconds(document.created_at),
    completed_at: isDone ? seconds(document.updated_at) : null,
    error: null,
    stopped_at: null,
    child_chunks: parts.map((child, index) => encodeChild({ child, place: index, parentId: passage.id }, document)),
    attachments: [],
    summary: null,
  }
}

/** A part of a segment. */
export const encodeChild = (
  { child, place, parentId }: { child: Segment['passage']; place: number; parentId: string },
  document: KnowledgeDocumentRecord,
) => ({
  id: child.id,
  segment_id: parentId,
  content: child.text,
  position: place + 1,
  word_count: child.text.length,
  type: child.written ? 'customized' : 'automatic',
  created_at: seconds(document.created_at),
  updated_at: seconds(document.updated_at),
})

/** What a search found, with its document, and which of its parts it was found by. */
export function encodeHit({ passage, score, children = [] }: KnowledgeHit, base: KnowledgeBaseRecord) {
  const { record } = passage.document
  return {
    segment: {
      ...encodeSegment({ passage, place: passage.place, children: [] }, record, passage.hits),
      document: {
        id: record.id,
        data_source_type: 'upload_file',
        name: record.title,
        doc_type: null,
        doc_metadata: encodeValues(record, base),
      },
    },
    child_chunks: (passage.question === undefined ? children : []).map(encodeFoundChild),
    score,
    tsne_position: null,
    files: [],
    summary: null,
  }
}

const encodeFoundChild = ({ passage, score }: { passage: StoredPassage; score: number }) => ({
  id: passage.id,
  content: passage.text,
  position: passage.place + 1,
  score,
})
