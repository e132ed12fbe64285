import { readJson } from '../../../http/body.js'
import { eventStreamResponse, writtenResponse } from '../../../http/event-stream.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { type CalledBy, callerRoute } from '../caller-route.js'
import type { XpertParts } from '../routes.js'
import { encodeStarted, pathOfRun } from './encode.js'
import { encodeResultStream } from './encode-result.js'
import { encodeStream } from './encode-stream.js'
import { encodeFromStart } from './encode-when-begun.js'
import * as about from './routes-schema.js'
import { encoderOf, graphEncoderOf, modesOf, startRun, stopReading } from './run-route.js'
import { batchSchema, runSchema, type WireRun } from './schema.js'

const VALUES = new Set(['values'] as const)

/** Starting runs on threads, and runs that have one for themselves alone. */
export function runStartRoutes<Context>(parts: XpertParts<Context>): Route[] {
  /** What a request's reader is told of a stream that breaks goes into the log as well. */
  const reporting = (request: Request, { requestId }: CalledBy<Context>) => ({
    report: (thrown: unknown) => parts.report(thrown, request, requestId),
  })

  type Answer = (request: Request, context: CalledBy<Context>) => Promise<Response>
  const start = async (request: Request, { caller }: CalledBy<Context>, threadId: string | null) => {
    const body = checkBody(runSchema, await readJson(request))
    const open = await startRun(parts, caller, { threadId, body })
    return { body, open, path: pathOfRun(open.passing ? null : open.stream.run.threadId, open.stream.run.id) }
  }

  const created =
    (isStateless: boolean): Answer =>
    async (request, context) => {
      const { body, open, path } = await start(request, context, isStateless ? null : context.id)
      await stopReading(open)
      const now = parts.clock.now().toISOString()
      return Response.json(encodeStarted(open, body, now), { headers: { 'content-location': path } })
    }

  const streamed =
    (isStateless: boolean): Answer =>
    async (request, context) => {
      const { body, open, path } = await start(request, context, isStateless ? null : context.id)
      const modes = modesOf(open.stream, body.stream_mode ?? undefined)
      const { stream, encode } = encodeFromStart(open.stream, () => encoderOf(parts, open, { modes, fromStart: false }))
      const canReturn = body.on_disconnect === 'continue'
      const { language } = open
      const writer = encodeStream(stream, { language, encode, canReturn, ...reporting(request, context) })
      return eventStreamResponse(writer, { 'content-location': path, location: `${path}/stream` })
    }

  const awaited =
    (isStateless: boolean): Answer =>
    async (request, context) => {
      const { body, open, path } = await start(request, context, isStateless ? null : context.id)
      const { stream, encode } = encodeFromStart(open.stream, () =>
        graphEncoderOf(parts, open, { modes: VALUES, fromStart: false }),
      )
      const canReturn = body.on_disconnect === 'continue'
      const writer = encodeResultStream(stream, { encode, canReturn, ...reporting(request, context) })
      return writtenResponse(writer, { 'content-type': 'application/json', 'content-location': path })
    }

  const onThread = { method: 'POST', cost: 'work', audited: true } as const
  return [
    callerRoute(parts, {
      ...onThread,
      path: '/threads/:id/runs',
      description: about.createRun,
      handle: created(false),
    }),
    callerRoute(parts, {
      ...onThread,
      path: '/threads/:id/runs/stream',
      description: about.streamRun,
      handle: streamed(false),
    }),
    callerRoute(parts, {
      ...onThread,
      path: '/threads/:id/runs/wait',
      description: about.waitForRun,
      handle: awaited(false),
    }),
    callerRoute(parts, { ...onThread, path: '/runs', description: about.createStatelessRun, handle: created(true) }),
    callerRoute(parts, {
      ...onThread,
      path: '/runs/stream',
      description: about.streamStatelessRun,
      handle: streamed(true),
    }),
    callerRoute(parts, {
      ...onThread,
      path: '/runs/wait',
      description: about.waitForStatelessRun,
      handle: awaited(true),
    }),
    callerRoute(parts, {
      ...onThread,
      path: '/runs/batch',
      description: about.createRuns,
      async handle(request, { caller }) {
        const bodies = checkBody(batchSchema, await readJson(request))
        const runs: WireRun[] = []
        for (const body of bodies) {
          const open = await startRun(parts, caller, { threadId: null, body })
          await stopReading(open)
          runs.push(encodeStarted(open, body, parts.clock.now().toISOString()))
        }
        return Response.json(runs)
      },
    }),
  ]
}
