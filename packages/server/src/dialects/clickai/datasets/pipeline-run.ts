import type { EventSink } from '../../../http/event-stream.js'
import type { KnowledgeBaseRecord, KnowledgeDocumentRecord } from '../../../knowledge/knowledge-bases.js'
import { failure, invalidParam } from '../errors.js'
import { encodeRun, encodeStep, FILE_NODE, type PipelineState } from './encode-pipeline.js'
import type { DatasetParts } from './parts.js'
import type { PipelineRun } from './schema.js'

/** Makes documents of files, all or none: each has to be there, and to be used for the first time. */
export async function startPipeline(
  { knowledge, clock }: DatasetParts,
  base: KnowledgeBaseRecord,
  { datasource_type, datasource_info_list, start_node_id, inputs }: PipelineRun,
): Promise<PipelineState> {
  if (datasource_type !== 'local_file') throw invalidParam('datasource_type', ONLY_FILES)
  if (start_node_id !== FILE_NODE) throw invalidParam('start_node_id', `start_node_id must be "${FILE_NODE}".`)
  const wanted = datasource_info_list.map(({ reference, related_id, name }) => ({
    fileId: reference ?? related_id ?? '',
    name,
  }))
  if (new Set(wanted.map(({ fileId }) => fileId)).size < wanted.length)
    throw invalidParam('datasource_info_list', 'datasource_info_list names a file twice.')
  for (const { fileId } of wanted) {
    const file = await knowledge.sources?.load(base.workspace_id, fileId)
    if (!file || file.used) throw failure('file_not_found', `There is no file "${fileId}" that waits for a document.`)
  }
  const id = crypto.randomUUID()
  const documents: KnowledgeDocumentRecord[] = []
  for (const { fileId, name } of wanted)
    documents.push(await knowledge.addDocument(base.workspace_id, base.id, { fileId, title: name, batch: id }))
  return { id, base, inputs, documents, startedAt: clock.now() }
}

const ONLY_FILES = 'datasource_type must be local_file: documents are made of uploaded files here.'

/** The run when all its documents are read, or as it is when its caller has waited long enough; then it goes on. */
export async function finishPipeline(parts: DatasetParts, run: PipelineState): Promise<PipelineState> {
  const { knowledge, clock, blockingMs } = parts
  let callOff: (() => void) | undefined
  const late = new Promise<void>((resolve) => {
    callOff = clock.after(blockingMs, resolve)
  })
  await Promise.race([Promise.all(run.documents.map(({ id }) => knowledge.done(id))), late])
  callOff?.()
  return { ...run, documents: await Promise.all(run.documents.map((document) => loadNow(parts, document))) }
}

const PING = { text: 'event: ping\n\n', everyMs: 10_000 }

/** Tells of each document when it is read, in their order. A caller who leaves stops nothing. */
export async function writePipeline(parts: DatasetParts, run: PipelineState, sink: EventSink): Promise<void> {
  const { knowledge, clock } = parts
  let callOff: (() => void) | undefined
  const ping = () => {
    if (sink.signal.aborted) return
    void sink.write(PING.text)
    callOff = clock.after(PING.everyMs, ping)
  }
  const tell = (event: object) => sink.write(`data: ${JSON.stringify(event)}\n\n`)
  callOff = clock.after(PING.everyMs, ping)
  try {
    await tell(encodeStep('workflow_started', run, clock.now()))
    const read: KnowledgeDocumentRecord[] = []
    for (const document of run.documents) {
      if (sink.signal.aborted) return
      await tell(encodeStep('node_started', { ...run, documents: [document] }, clock.now()))
      await knowledge.done(document.id)
      const now = await loadNow(parts, document)
      read.push(now)
      await tell(encodeStep('node_finished', { ...run, documents: [now] }, clock.now()))
    }
    const { task_id, workflow_run_id, data } = encodeRun({ ...run, documents: read }, clock.now())
    await tell({ event: 'workflow_finished', task_id, workflow_run_id, data })
  } finally {
    callOff?.()
  }
}

/** A document as it stands. One that was deleted meanwhile stays as it was last. */
const loadNow = ({ knowledge }: DatasetParts, document: KnowledgeDocumentRecord): Promise<KnowledgeDocumentRecord> =>
  knowledge.loadDocument(document.workspace_id, document.base_id, document.id).catch(() => document)
