import type { KnowledgeDocumentRecord, NamedPassage } from '../../../knowledge/knowledge-bases.js'
import type { RouteContext } from '../../dialect.js'
import { failure, notFound } from '../errors.js'
import { type Segment, segmentsOf } from './encode-segment.js'
import type { DatasetParts } from './parts.js'

/** A document whose passages somebody wants, and where it is. */
export interface DocumentPlace {
  place: readonly [workspaceId: string, baseId: string, documentId: string]
  document: KnowledgeDocumentRecord
}

/** The document that a request names. */
export async function placeOf(
  { knowledge, callerOf }: DatasetParts,
  request: Request,
  { params: { id = '', document = '' } }: RouteContext,
): Promise<DocumentPlace> {
  const { workspaceId } = await callerOf(request)
  return {
    place: [workspaceId, id, document],
    document: await knowledge.loadDocument(workspaceId, id, document),
  }
}

/** The same, to write to it. An archived one stays as it is. */
export async function writablePlaceOf(parts: DatasetParts, request: Request, context: RouteContext) {
  const found = await placeOf(parts, request, context)
  if (found.document.hidden === 'archived')
    throw failure('archived_document_immutable', 'The archived document is not editable.')
  return found
}

/** One segment among the passages of a document. @throws {ParleyError} `not_found` */
export function findSegment(
  passages: readonly NamedPassage[],
  id: string | undefined,
): Segment & { passage: NamedPassage } {
  const segment = segmentsOf(passages).find(({ passage }) => passage.id === id)
  if (!segment) throw notFound('Segment not found.')
  return segment
}
