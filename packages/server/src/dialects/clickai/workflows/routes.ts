import { z } from 'zod'
import type { AppRecords } from '../../../engine/app-records.js'
import { readExchange } from '../../../engine/turns.js'
import type { RouteDescription } from '../../../http/route-description.js'
import type { AppFiles } from '../../../uploads/app-files.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { decodeMessage, readBody, textOfInputs, userOf } from '../decode.js'
import { assertGraph, modeOf, placeOf, WRONG_ROUTE } from '../decode-call.js'
import { type AnswerParts, answerWith } from '../encode-answer.js'
import { failure, notFound } from '../errors.js'
import { takeFiles, takeInputs } from '../files/decode.js'
import { namedUser, successSchema } from '../schema.js'
import { assertPublished } from './decode.js'
import { encodeDetail, encodeFacts, foldRun } from './encode.js'
import { eventsRoute } from './events-routes.js'
import { formRoutes } from './form-routes.js'
import { type LogParts, logsRoute } from './logs-routes.js'
import { detailSchema, resultSchema, runBodySchema, runEventSchema } from './schema.js'

export interface WorkflowParts<Context> extends LogParts<Context>, AnswerParts<Context> {
  records: AppRecords<Context>
  /** Absent: this server keeps no files. */
  files?: AppFiles<Context> | undefined
}

/** Runs of graphs. Source: the ClickAI contract, sections 9 and 16. */
export function workflowRoutes<Context>(parts: WorkflowParts<Context>): Route[] {
  const { engine, appOf, callOf, files, records } = parts

  const run: Route['handle'] = async (request, context) => {
    const app = await appOf(request)
    const body = await readBody(request)
    const userId = userOf(body)
    const wanted = checkBody(runBodySchema, body)
    const call = await callOf(request, app, userId)
    if (modeOf(call) !== 'workflow') throw failure('not_workflow_app', WRONG_ROUTE)
    const { workflow_id: version } = context.params
    if (version !== undefined) await assertPublished(call, version)
    const { values: inputs, attachments } = await takeInputs(files, call, wanted.inputs)
    const form = call.app.inputs ?? []
    const all = [...attachments, ...(await takeFiles(files, call, wanted.files))]
    const message = decodeMessage(textOfInputs(form, inputs, wanted.inputs), [...new Set(all.map(({ id }) => id))])
    const stream = await engine.startThread({ ...call, titling: false }, message, { inputs })
    return answerWith(parts, { request, context, call, stream, userId, mode: wanted.response_mode }, foldRun)
  }

  return [
    {
      method: 'POST',
      path: '/v1/workflows/run',
      description: aboutRun('runWorkflow', 'Run a workflow on its inputs.'),
      handle: run,
    },
    {
      method: 'POST',
      path: '/v1/workflows/:workflow_id/run',
      description: { ...aboutRun('runWorkflowVersion', 'Run a published version of a workflow.'), failures: [404] },
      handle: run,
    },
    {
      method: 'POST',
      path: '/v1/workflows/tasks/:task_id/stop',
      description: {
        id: 'stopWorkflow',
        group: 'Workflows',
        summary: 'Stop a run, whoever of the app’s users started it.',
        modes: ['workflow'],
        body: z.object(namedUser),
        example: { user: 'user_123' },
        answer: successSchema,
      },
      async handle(request, { params: { task_id: taskId = '' } }) {
        const app = await appOf(request)
        const call = await callOf(request, app, userOf(await readBody(request)))
        assertGraph(call)
        const found = await records.findRun(placeOf(app, call), taskId)
        if (found) {
          const owner = await callOf(request, app, found.userId)
          await engine.cancelRun(owner, found.run.thread_id, { runId: found.run.id })
        }
        return Response.json({ result: 'success' })
      },
    },
    {
      method: 'GET',
      path: '/v1/workflows/run/:workflow_run_id',
      description: {
        id: 'getWorkflowRun',
        group: 'Workflows',
        summary: 'What a run was given, how it ended and what came of it.',
        modes: ['workflow', 'advanced-chat'],
        failures: [400, 404],
        answer: detailSchema,
      },
      async handle(request, { params: { workflow_run_id: runId = '' } }) {
        const app = await appOf(request)
        const anybody = await callOf(request, app, '')
        assertGraph(anybody)
        const found = await records.findRun(placeOf(app, anybody), runId)
        if (!found) throw notFound('Workflow run not found.')
        const call = await callOf(request, app, found.userId)
        return Response.json(
          encodeDetail(found.run, await encodeFacts(call, await readExchange(engine, call, found.run))),
        )
      },
    },
    logsRoute(parts),
    eventsRoute(parts),
    ...formRoutes(parts),
  ]
}

const aboutRun = (id: string, summary: string): RouteDescription => {
  const body = runBodySchema.extend(namedUser)
  const example = { inputs: { query: 'Hello' }, user: 'user_123' }
  return {
    id,
    group: 'Workflows',
    summary,
    modes: ['workflow'],
    variants: async () => [
      {
        name: 'blocking',
        summary: 'All that came of it at once; a node that failed is told in `status` and `error`.',
        body,
        example: { ...example, response_mode: 'blocking' },
        answer: resultSchema,
      },
      {
        name: 'streaming',
        summary: 'What happens as it happens, as server-sent events.',
        body,
        example: { ...example, response_mode: 'streaming' },
        events: runEventSchema,
      },
    ],
  }
}
