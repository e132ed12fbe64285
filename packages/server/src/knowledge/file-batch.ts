import { ParleyError } from '@parley/protocol'
import type { Clock } from '../base/clock.js'
import type { KnowledgeBaseRecord, KnowledgeBases, KnowledgeDocumentRecord } from './knowledge-bases.js'

/** Documents that were made of uploaded files together. */
export interface FileBatch {
  id: string
  base: KnowledgeBaseRecord
  documents: readonly KnowledgeDocumentRecord[]
  startedAt: Date
}

/** A file that was brought before, and what its document is to be called. */
export interface BatchFile {
  fileId: string
  title?: string | undefined
}

/**
 * Makes documents of files, all or none: each has to be there, and to be used for the first time.
 *
 * @throws {ParleyError} `attachment_not_found` by the id of the file
 */
export async function addFileBatch(
  { knowledge, clock }: { knowledge: KnowledgeBases; clock: Clock },
  base: KnowledgeBaseRecord,
  files: readonly BatchFile[],
): Promise<FileBatch> {
  for (const { fileId } of files) {
    const file = await knowledge.sources?.load(base.workspace_id, fileId)
    if (!file || file.used)
      throw new ParleyError('attachment_not_found', `There is no file "${fileId}" that waits for a document.`)
  }
  const id = crypto.randomUUID()
  const documents: KnowledgeDocumentRecord[] = []
  for (const file of files)
    documents.push(await knowledge.addDocument(base.workspace_id, base.id, { ...file, batch: id }))
  return { id, base, documents, startedAt: clock.now() }
}

/** The batch when all its documents are read, or as it is after `waitMs`; then it goes on. */
export async function waitForBatch(
  { knowledge, clock }: { knowledge: KnowledgeBases; clock: Clock },
  batch: FileBatch,
  waitMs: number,
): Promise<FileBatch> {
  let callOff: (() => void) | undefined
  const late = new Promise<void>((resolve) => {
    callOff = clock.after(waitMs, resolve)
  })
  await Promise.race([Promise.all(batch.documents.map(({ id }) => knowledge.done(id))), late])
  callOff?.()
  return { ...batch, documents: await Promise.all(batch.documents.map((document) => loadNow(knowledge, document))) }
}

/** What happens to a batch, in this order; the documents one after the other. */
export type BatchStep =
  | { type: 'batch.started' }
  | { type: 'document.started'; document: KnowledgeDocumentRecord }
  | { type: 'document.finished'; document: KnowledgeDocumentRecord }
  | { type: 'batch.finished'; batch: FileBatch }

/** A batch as its documents are read. Whoever stops reading stops nothing. */
export async function* readBatch(knowledge: KnowledgeBases, batch: FileBatch): AsyncGenerator<BatchStep[]> {
  yield [{ type: 'batch.started' }]
  const documents: KnowledgeDocumentRecord[] = []
  for (const document of batch.documents) {
    yield [{ type: 'document.started', document }]
    await knowledge.done(document.id)
    const read = await loadNow(knowledge, document)
    documents.push(read)
    yield [{ type: 'document.finished', document: read }]
  }
  yield [{ type: 'batch.finished', batch: { ...batch, documents } }]
}

/** A document as it stands. One that was deleted meanwhile stays as it was last. */
const loadNow = (knowledge: KnowledgeBases, document: KnowledgeDocumentRecord): Promise<KnowledgeDocumentRecord> =>
  knowledge.loadDocument(document.workspace_id, document.base_id, document.id).catch(() => document)
