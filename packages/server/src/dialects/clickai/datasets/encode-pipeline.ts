import { matchType } from '@parley/protocol'
import type { BatchStep, FileBatch } from '../../../knowledge/file-batch.js'
import type { KnowledgeDocumentRecord } from '../../../knowledge/knowledge-bases.js'
import { encodeDocument, formOf } from './encode.js'

/** The one node that every base's pipeline begins with. */
export const FILE_NODE = 'local_file'

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
export function encodeRun({ id, base, documents, startedAt }: FileBatch, now: Date) {
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
      created_at: secondsOf(startedAt),
      finished_at: isDone ? secondsOf(now) : null,
    },
  }
}

/** What happens in a run, as its reader is told. */
export function encodeStep(
  step: BatchStep,
  { batch: { id, base, startedAt }, inputs, now }: { batch: FileBatch; inputs: Record<string, unknown>; now: Date },
) {
  const head = { task_id: id, workflow_run_id: id }
  return matchType<BatchStep, object>(step, {
    'batch.started': () => ({
      event: 'workflow_started',
      ...head,
      data: { id, workflow_id: base.id, inputs, created_at: secondsOf(startedAt) },
    }),
    'document.started': ({ document }) => ({ event: 'node_started', ...head, data: nodeOf(document) }),
    'document.finished': ({ document }) => ({
      event: 'node_finished',
      ...head,
      data: {
        ...nodeOf(document),
        outputs: encodeDocument(document, base),
        status: document.status === 'failed' ? 'failed' : 'succeeded',
        error: document.problem ?? null,
        elapsed_time: (now.getTime() - startedAt.getTime()) / 1000,
        finished_at: secondsOf(now),
      },
    }),
    'batch.finished': ({ batch }) => ({ event: 'workflow_finished', ...head, data: encodeRun(batch, now).data }),
  })

  function nodeOf(document: KnowledgeDocumentRecord) {
    return {
      id: `${id}:${document.id}`,
      node_id: FILE_NODE,
      node_type: 'datasource',
      title: document.title,
      inputs: { reference: document.file_id ?? null },
      created_at: secondsOf(startedAt),
    }
  }
}

const secondsOf = (time: Date): number => Math.floor(time.getTime() / 1000)
