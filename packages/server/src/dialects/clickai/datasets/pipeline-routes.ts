import { eventStreamResponse } from '../../../http/event-stream.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { readBody } from '../decode.js'
import { failure, invalidParam } from '../errors.js'
import { ABOUT } from './describe.js'
import { encodeUpload } from './encode.js'
import { encodePlugin, encodeRun, FILE_NODE } from './encode-pipeline.js'
import { readUpload } from './form-file.js'
import type { DatasetParts } from './parts.js'
import { finishPipeline, startPipeline, writePipeline } from './pipeline-run.js'
import { pipelineRunSchema } from './schema.js'

/** Every base has one pipeline: from files that were uploaded to documents. Source: the ClickAI contract, section 18. */
export function pipelineRoutes(parts: DatasetParts): Route[] {
  const { knowledge, callerOf, maxDocumentBytes } = parts
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
      async handle(request, { params: { id = '' } }) {
        const { workspaceId } = await callerOf(request)
        const asked = checkBody(pipelineRunSchema, await readBody(request))
        const base = await knowledge.load(workspaceId, id)
        const run = await startPipeline(parts, base, asked)
        if (asked.response_mode === 'streaming') return eventStreamResponse((sink) => writePipeline(parts, run, sink))
        return Response.json(encodeRun(await finishPipeline(parts, run), parts.clock.now()))
      },
    },
  ]
}
