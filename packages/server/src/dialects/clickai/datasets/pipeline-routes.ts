import { ParleyError } from '@parley/protocol'
import type { Clock } from '../../../base/clock.js'
import { eventStreamResponse } from '../../../http/event-stream.js'
import { addFileBatch, type BatchFile, readBatch, waitForBatch } from '../../../knowledge/file-batch.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { writeRun } from '../../write-run.js'
import { readBody } from '../decode.js'
import { BROKEN, PING } from '../encode-answer.js'
import { failure, invalidParam } from '../errors.js'
import { encodeSse } from '../messages/encode-run.js'
import { readUpload } from './decode-upload.js'
import type { DocumentParts } from './document-routes.js'
import { encodeUpload } from './encode.js'
import { encodePlugin, encodeRun, encodeStep, FILE_NODE } from './encode-pipeline.js'
import { ABOUT } from './routes-schema.js'
import { type PipelineRun, pipelineRunSchema } from './schema.js'

export interface PipelineParts extends DocumentParts {
  /** How long a caller waits for documents to be read who wants to hear of the end. */
  blockingMs: number
  clock: Clock
  /** Told when a stream breaks after it was opened. */
  report(thrown: unknown, request: Request, requestId: string): void
}

/** Every base has one pipeline: from files that were uploaded to documents. Source: the ClickAI contract, section 18. */
export function pipelineRoutes(parts: PipelineParts): Route[] {
  const { knowledge, callerOf, maxDocumentBytes, blockingMs, clock, report } = parts
  const path = '/v1/datasets/:id/pipeline'

  return [
    {
      method: 'POST',
      path: '/v1/datasets/pipeline/file-upload',
      description: ABOUT.uploadPipelineFile,
      async handle(request) {
        const { workspaceId } = await callerOf(request)
        const { file } = await readUpload(request, maxDocumentBytes)
        if (!knowledge.sources) throw failure('unsupported_file_type', 'This server keeps no files.')
        return Response.json(encodeUpload(await knowledge.sources.keep(workspaceId, file)), { status: 201 })
      },
    },
    {
      method: 'GET',
      path: `${path}/datasource-plugins`,
      description: ABOUT.listDatasources,
      async handle(request, { params: { id = '' } }) {
        await knowledge.load((await callerOf(request)).workspaceId, id)
        return Response.json([encodePlugin()])
      },
    },
    {
      method: 'POST',
      path: `${path}/datasource/nodes/:node/run`,
      description: null, // there is nothing to fetch: clients are told so, and readers need not know
      async handle(request, { params: { id = '', node = '' } }) {
        await knowledge.load((await callerOf(request)).workspaceId, id)
        if (node !== FILE_NODE)
          throw invalidParam('node_id', `Datasource node not found: the one there is, is "${FILE_NODE}".`)
        throw invalidParam(
          'datasource_type',
          'Files are uploaded, not fetched: send one to /datasets/pipeline/file-upload and run the pipeline with it.',
        )
      },
    },
    {
      method: 'POST',
      path: `${path}/run`,
      description: ABOUT.runPipeline,
      async handle(request, { params: { id = '' }, requestId }) {
        const { workspaceId } = await callerOf(request)
        const asked = checkBody(pipelineRunSchema, await readBody(request))
        const base = await knowledge.load(workspaceId, id)
        const batch = await addFileBatch(parts, base, filesOf(asked)).catch(asMissingFile)
        if (asked.response_mode === 'blocking')
          return Response.json(encodeRun(await waitForBatch(parts, batch, blockingMs), clock.now()))
        const run = { batch, inputs: asked.inputs }
        const followed = { entries: readBatch(knowledge, batch), leave: () => undefined } // whoever leaves stops nothing
        const writer = writeRun(followed, {
          encode: (steps) => steps.map((step) => encodeSse(encodeStep(step, { ...run, now: clock.now() }))),
          heartbeat: PING,
          canReturn: true,
          broken: BROKEN,
          report: (thrown) => report(thrown, request, requestId),
        })
        return eventStreamResponse(writer)
      },
    },
  ]
}

/** The files of a run. @throws {ParleyError} `invalid_request` */
function filesOf({ datasource_type, datasource_info_list, start_node_id }: PipelineRun): BatchFile[] {
  if (datasource_type !== 'local_file') throw invalidParam('datasource_type', ONLY_FILES)
  if (start_node_id !== FILE_NODE) throw invalidParam('start_node_id', `start_node_id must be "${FILE_NODE}".`)
  const files = datasource_info_list.map(({ reference, related_id, name }) => ({
    fileId: reference ?? related_id ?? '',
    title: name,
  }))
  if (new Set(files.map(({ fileId }) => fileId)).size < files.length)
    throw invalidParam('datasource_info_list', 'datasource_info_list names a file twice.')
  return files
}

const ONLY_FILES = 'datasource_type must be local_file: documents are made of uploaded files here.'

function asMissingFile(thrown: unknown): never {
  if (thrown instanceof ParleyError && thrown.code === 'attachment_not_found')
    throw failure('file_not_found', thrown.message)
  throw thrown
}
