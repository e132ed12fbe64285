import { threadOf } from '../../../engine/caller-threads.js'
import type { RunRecord } from '../../../engine/engine.js'
import { runsOf } from '../../../engine/runs-of.js'
import { readJson } from '../../../http/body.js'
import { eventStreamResponse } from '../../../http/event-stream.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { callerRoute } from '../caller-route.js'
import { decodeQuery } from '../decode-query.js'
import type { XpertParts } from '../routes.js'
import { pathOfRun } from '../runs/encode.js'
import { encodeStream } from '../runs/encode-stream.js'
import { encodeFromStart } from '../runs/encode-when-begun.js'
import { encoderOf, modesOf, startRun } from '../runs/run-route.js'
import { encodeUsage, encodeUsed } from './encode-usage.js'
import { directChatSchema } from './input-schema.js'
import * as about from './routes-schema.js'
import { usedQuerySchema } from './usage-schema.js'

/** A message to an assistant without a thread made first; what follows names the conversation it was answered in. */
export const chatRoutes = <Context>(parts: XpertParts<Context>): Route[] => [
  callerRoute(parts, {
    method: 'POST',
    path: '/v1/chat',
    description: about.chat,
    cost: 'work',
    audited: true,
    async handle(request, { caller, requestId }) {
      const { request: input, options } = checkBody(directChatSchema, await readJson(request))
      const body = { assistant_id: options.xpertId, input, on_completion: 'keep' as const }
      // Nobody but Xpert's clients calls this address.
      const open = await startRun(parts, caller, { threadId: input.conversationId ?? null, body, language: 'xpert' })
      const modes = modesOf(open.stream, undefined)
      const { stream, encode } = encodeFromStart(open.stream, () => encoderOf(parts, open, { modes, fromStart: false }))
      const writer = encodeStream(stream, {
        language: open.language,
        encode,
        canReturn: false,
        report: (thrown) => parts.report(thrown, request, requestId),
      })
      const path = pathOfRun(open.stream.run.threadId, open.stream.run.id)
      return eventStreamResponse(writer, { 'content-location': path, location: `${path}/stream` })
    },
  }),
  callerRoute(parts, {
    method: 'GET',
    path: '/threads/:id/context-usage',
    description: about.contextUsage,
    async handle(_, { caller, id }) {
      const { owned, call } = await threadOf(parts, caller, id)
      const { run } = await parts.engine.readThread(call, id)
      return Response.json(encodeUsage(id, owned.owner.appId, run))
    },
  }),
  callerRoute(parts, {
    method: 'GET',
    path: '/threads/:id/usage',
    description: about.threadUsage,
    async handle(request, { caller, id }) {
      const hours = checkBody(usedQuerySchema, decodeQuery(request))
      const { call } = await threadOf(parts, caller, id)
      const runs: RunRecord[] = []
      for await (const run of runsOf(parts.engine, call, id)) runs.push(run)
      return Response.json(encodeUsed(runs, hours))
    },
  }),
]
