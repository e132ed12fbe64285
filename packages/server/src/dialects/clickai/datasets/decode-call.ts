import type { ServerCaller } from '../../../auth/access.js'
import type { KnowledgeBases, KnowledgeDocumentRecord } from '../../../knowledge/knowledge-bases.js'
import type { RouteContext } from '../../dialect.js'
import { failure } from '../errors.js'

/** How a request comes to knowledge: its key says whose. */
export interface KnowledgeCalls {
  knowledge: KnowledgeBases
  /** Counted against what that key and its workspace may do. @throws {ParleyError} `unauthorized` */
  callerOf(request: Request): Promise<ServerCaller>
}

/** A document that a request names, and where it is. */
export interface DocumentPlace {
  place: readonly [workspaceId: string, baseId: string, documentId: string]
  document: KnowledgeDocumentRecord
}

/** @throws {ParleyError} `not_found` */
export async function documentOf(
  { knowledge, callerOf }: KnowledgeCalls,
  request: Request,
  { params: { id = '', document = '' } }: Pick<RouteContext, 'params'>,
): Promise<DocumentPlace> {
  const { workspaceId } = await callerOf(request)
  return {
    place: [workspaceId, id, document],
    document: await knowledge.loadDocument(workspaceId, id, document),
  }
}

/** The same, to write to it. An archived one stays as it is. */
export async function editableDocumentOf(
  calls: KnowledgeCalls,
  request: Request,
  context: Pick<RouteContext, 'params'>,
): Promise<DocumentPlace> {
  const found = await documentOf(calls, request, context)
  assertEditable(found.document)
  return found
}

export function assertEditable({ hidden }: KnowledgeDocumentRecord): void {
  if (hidden === 'archived') throw failure('archived_document_immutable', 'The archived document is not editable.')
}
