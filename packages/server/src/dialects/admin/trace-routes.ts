import {
  type AdminTrace,
  adminTraceDetailSchema,
  adminTracePageSchema,
  adminTraceQuerySchema,
} from '@parley/protocol/admin'
import type { TracedRun, Traces } from '../../lifecycle/traces.js'
import { type AdminRoute, defineRoute } from './define-route.js'

export interface TraceParts {
  traces: Traces
}

export function traceRoutes({ traces }: TraceParts): AdminRoute[] {
  const group = 'Traces'
  return [
    defineRoute({
      id: 'listTraces',
      method: 'GET',
      path: '/traces',
      group,
      summary: 'List runs: each answer of an app, with what it took.',
      query: adminTraceQuerySchema,
      answer: adminTracePageSchema,
      async run({ principal, query: { app, user, thread, status, since, until, ...page } }) {
        const filter = { appId: app, userId: user, threadId: thread, status, since, until }
        const found = await traces.list(principal.workspaceId, page, filter)
        return { ...found, data: found.data.map(encodeTrace) }
      },
    }),
    defineRoute({
      id: 'getTrace',
      method: 'GET',
      path: '/traces/:id',
      group,
      summary: 'Get a run as the tree of its parts: agents, model calls, tools, handoffs, guardrails, searches.',
      answer: adminTraceDetailSchema,
      failures: [404],
      async run({ principal, params: { id = '' } }) {
        const found = await traces.load(principal.workspaceId, id)
        return { ...encodeTrace(found), spans: found.spans }
      },
    }),
  ]
}

const encodeTrace = ({ run, owner, summary }: TracedRun): AdminTrace => ({
  id: run.id,
  object: 'trace',
  app: owner.appId,
  user: owner.userId,
  thread: run.thread_id,
  status: run.status,
  error: run.error?.code ?? null,
  created_at: run.created_at,
  ended_at: run.ended_at ?? null,
  summary,
})
