import { z } from 'zod'
import { comeBackTo } from '../../../engine/come-back.js'
import { findRunOr, readExchange } from '../../../engine/turns.js'
import { eventStreamResponse } from '../../../http/event-stream.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { writeRun } from '../../write-run.js'
import { queryOf, userOf } from '../decode.js'
import { type AppCalls, assertGraph } from '../decode-call.js'
import { type AnswerParts, BROKEN, encoderOf, PING } from '../encode-answer.js'
import { notFound } from '../errors.js'
import { encodeSse } from '../messages/encode-run.js'
import { eventSchema } from '../messages/event-schema.js'
import { encodeFacts, encodeFinished } from './encode.js'
import { encodeParts } from './encode-events.js'
import { eventsQuerySchema, runEventSchema } from './schema.js'

export interface EventParts<Context> extends AppCalls<Context>, AnswerParts<Context> {}

/** Coming back to a run. Source: the ClickAI contract, section 16.3. */
export function eventsRoute<Context>(parts: EventParts<Context>): Route {
  const { engine, appOf, callOf, report } = parts
  return {
    method: 'GET',
    path: '/v1/workflow/:workflow_run_id/events',
    description: {
      id: 'followWorkflowRun',
      group: 'Workflows',
      summary: 'Read on in a run: what happens from now on, until it ends or a person is asked.',
      modes: ['workflow', 'advanced-chat'],
      query: eventsQuerySchema,
      exampleQuery: { user: 'user_123' },
      failures: [404],
      events: z.union([runEventSchema, eventSchema]),
    },
    async handle(request, { params: { workflow_run_id: runId = '' }, requestId }) {
      const app = await appOf(request)
      const query = queryOf(request)
      const userId = userOf(query)
      const { include_state_snapshot: withPast, continue_on_pause: goesOn } = checkBody(eventsQuerySchema, query)
      const call = await callOf(request, app, userId)
      assertGraph(call)
      const found = await findRunOr(engine, call, { runId, missing: () => notFound('Workflow run not found.') })
      const { run, ...followed } = await comeBackTo(engine, call, { run: found, goesOn })
      if (run.ended_at !== undefined) {
        const data = encodeFinished({ run, userId }, await encodeFacts(call, await readExchange(engine, call, run)))
        const finished = { event: 'workflow_finished', workflow_run_id: run.id, task_id: run.id, data } as const
        return eventStreamResponse(async (sink) => void (await sink.write(encodeSse(finished))))
      }
      const head = { id: run.id, threadId: run.thread_id, attempt: run.attempt }
      const encode = encodeParts(await encoderOf(parts, call, { run: head, userId, record: run }), { withPast })
      const writer = writeRun(followed, {
        encode: (entries) => encode(entries).map(encodeSse),
        heartbeat: PING,
        canReturn: true,
        broken: BROKEN,
        report: (thrown) => report(thrown, request, requestId),
      })
      return eventStreamResponse(writer)
    },
  }
}
