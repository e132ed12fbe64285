import type { KnowledgeBaseRecord, KnowledgeDocumentRecord } from '../../../knowledge/knowledge-bases.js'
import { encodeDocument, formOf } from './encode.js'

/** The one node that every base's pipeline begins with. */
export const FILE_NODE = 'local_file'

/** A run from uploaded files to documents. */
export interface PipelineState {
  /** Of the run, and of the batch its documents are. */
  id: string
  base: KnowledgeBaseRecord
  inputs: Record<string, unknown>
  documents: readonly KnowledgeDocumentRecord[]
  startedAt: Date
}

/** The node as something to choose. */
export const encodePlugin = () => ({
  node_id: FILE_NODE,
  plugin_id: 'parley/file',
  provider_name: 'file',
  datasource_type: 'local_file',
  title: 'File',
  user_input_variables: [],
  credentials: [],
})

/** How far a run is, and what it has made. */
export function encodeRun({ id, base, documents, startedAt }: PipelineState, now: Date) {
  const told = documents.map((document, place) => encodeDocument(document, base, { place }))
  const failed = documents.filter(({ status }) => status === 'failed')
  const isDone = documents.every(({ status }) => status === 'ready' || status === 'failed')
  const outcome = failed.length === documents.length ? 'failed' : failed.length > 0 ? 'partial-succeeded' : 'succeeded'
  return {
    task_id: id,
    workflow_run_id: id,
    batch: id,
    dataset: {
      id: base.id,
      name: base.name,
      description: base.description ?? '',
      chunk_structure: formOf(documents[0]),
    },
    documents: told,
    data: {
      id,
      workflow_id: base.id,
      status: isDone ? outcome : 'running',
      outputs: { batch: id, document_ids: told.map((document) => document.id) },
      error: failed[0]?.problem ?? null,
      elapsed_time: (now.getTime() - startedAt.getTime()) / 1000,
      total_tokens: 0,
      total_steps: documents.length,
      created_at: seconds(startedAt),
      finished_at: isDone ? seconds(now) : null,
    },
  }
}

/** The beginning of a run, or what happens to its one document. */
export function encodeStep(
  event: 'workflow_started' | 'node_started' | 'node_finished',
  { id, base, inputs, documents, startedAt }: PipelineState,
  now: Date,
) {
  const head = { event, task_id: id, workflow_run_id: id }
  if (event === 'workflow_started')
    return { ...head, data: { id, workflow_id: base.id, inputs, created_at: seconds(startedAt) } }
  const [document] = documents
  const node = {
    id: `${id}:${document?.id}`,
    node_id: FILE_NODE,
    node_type: 'datasource',
    title: document?.title ?? '',
    inputs: { reference: document?.file_id ?? null },
    created_at: seconds(startedAt),
  }
  if (event === 'node_started') return { ...head, data: node }
  const outputs = document ? encodeDocument(document, base) : {}
  const hasFailed = document?.status === 'failed'
  return {
    ...head,
    data: {
      ...node,
      outputs,
      status: hasFailed ? 'failed' : 'succeeded',
      error: document?.problem ?? null,
      elapsed_time: (now.getTime() - startedAt.getTime()) / 1000,
      finished_at: seconds(now),
    },
  }
}

const seconds = (time: Date): number => Math.floor(time.getTime() / 1000)
