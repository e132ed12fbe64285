import { quietCall, readThread, threadOf } from '../../../engine/caller-threads.js'
import { runsOf } from '../../../engine/runs-of.js'
import { eventStreamResponse, writtenResponse } from '../../../http/event-stream.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { type CalledBy, callerRoute } from '../caller-route.js'
import { languageIn } from '../chat/decode-kept.js'
import { decodeQuery } from '../decode-query.js'
import { partOf } from '../encode-list.js'
import type { XpertCaller, XpertParts } from '../routes.js'
import { encodeState } from '../threads/encode.js'
import { decodePlace, decodeThreadPlace } from './decode.js'
import { encodeRun, pathOfRun } from './encode.js'
import { encodeResultStream } from './encode-result.js'
import { encodeStream } from './encode-stream.js'
import { encodeThreadStream } from './encode-thread-stream.js'
import { encodeWhenBegun } from './encode-when-begun.js'
import * as about from './routes-schema.js'
import { encoderOf, graphEncoderOf, modesOf, type OpenRun } from './run-route.js'
import { cancelQuerySchema, joinQuerySchema, listQuerySchema, threadStreamQuerySchema, type WireRun } from './schema.js'

const VALUES = new Set(['values'] as const)

/** Runs that were started: followed, listed, stopped and forgotten. */
export function runRoutes<Context>(parts: XpertParts<Context>): Route[] {
  const { engine } = parts

  /** What a request's reader is told of a stream that breaks goes into the log as well. */
  const reporting = (request: Request, { requestId }: CalledBy<Context>) => ({
    report: (thrown: unknown) => parts.report(thrown, request, requestId),
  })

  /** A run that goes on, or went on, for somebody who comes later. */
  async function joined({ caller, id, params: { run: runId = '' } }: CalledBy<Context>): Promise<OpenRun<Context>> {
    const { owned, call } = await threadOf(parts, caller, id)
    const said = await caller.languageOf(owned.owner.appId)
    const stream = await engine.resumeRun(call, id, { runId })
    return { owned, call, stream, passing: false, language: said ?? languageIn(stream.run) }
  }

  /** The same for a run whose thread was its own: what is left of it is its events. */
  async function joinPassing(caller: XpertCaller<Context>, runId: string): Promise<OpenRun<Context>> {
    const { principal, contextIn } = caller
    const stream = engine.followRun(runId, 0, (context) => parts.isOf(context, principal))
    const thread = { id: stream.run.threadId, created_at: '', status: { type: 'active' as const }, metadata: {} }
    const { workspaceId, userId } = principal
    const appId = String(stream.run.request?.assistant_id ?? '')
    const said = await caller.languageOf(appId)
    return {
      call: quietCall({ contextIn }, appId),
      owned: { thread, owner: { workspaceId, userId, appId } },
      stream,
      passing: true,
      language: said ?? languageIn(stream.run),
    }
  }

  return [
    callerRoute(parts, {
      method: 'GET',
      path: '/runs/:id/stream',
      cost: 'follow',
      description: about.joinStatelessRun,
      async handle(request, context) {
        const { caller, id } = context
        const { stream_mode } = checkBody(joinQuerySchema, decodeQuery(request))
        const open = await joinPassing(caller, id)
        const modes = modesOf(open.stream, stream_mode)
        const read = await encodeWhenBegun(open.stream, () => encoderOf(parts, open, { modes, fromStart: true }))
        return followed(request, context, { ...open, ...read })
      },
    }),
    callerRoute(parts, {
      method: 'GET',
      path: '/threads/:id/stream',
      cost: 'follow',
      description: about.joinThreadStream,
      async handle(request, context) {
        const { caller, id } = context
        const { stream_mode } = checkBody(threadStreamQuerySchema, decodeQuery(request))
        const { owned, call } = await threadOf(parts, caller, id)
        const language = await caller.languageOf(owned.owner.appId)
        const place = decodeThreadPlace(request.headers.get('last-event-id'))
        const from = place === undefined ? {} : { from: place?.runId ?? null }
        const writer = encodeThreadStream(await engine.followThread(call, id, from), {
          threadId: id,
          modes: new Set([stream_mode].flat()),
          place: place ?? undefined,
          language,
          // A thread has no app before its first run.
          async languageOf(stream) {
            const { owned } = await threadOf(parts, caller, id)
            return (await caller.languageOf(owned.owner.appId)) ?? languageIn(stream.run)
          },
          async encoderOf(stream, language) {
            const open = { ...(await threadOf(parts, caller, id)), stream, passing: false, language }
            return encoderOf(parts, open, { modes: modesOf(stream, undefined), fromStart: place !== undefined })
          },
          readState: async () => encodeState(await readThread(parts, caller, id)),
          ...reporting(request, context),
        })
        return eventStreamResponse(writer)
      },
    }),
    callerRoute(parts, {
      method: 'GET',
      path: '/threads/:id/runs',
      description: about.listRuns,
      async handle(request, { caller, id }) {
        const { limit, offset, status, select } = checkBody(listQuerySchema, decodeQuery(request))
        const { owned, call } = await threadOf(parts, caller, id)
        const found: WireRun[] = []
        for await (const run of runsOf(engine, call, id)) {
          const row = encodeRun(run, owned.owner.appId)
          if (status === undefined || row.status === status) found.push(row)
          if (found.length > offset + limit) break
        }
        const hasMore = found.length > offset + limit
        return partOf(found.slice(offset, offset + limit), {
          offset,
          hasMore,
          select: select === undefined ? undefined : [select].flat(),
        })
      },
    }),
    callerRoute(parts, {
      method: 'GET',
      path: '/threads/:id/runs/:run',
      description: about.getRun,
      async handle(_, { caller, id, params: { run = '' } }) {
        const { owned, call } = await threadOf(parts, caller, id)
        return Response.json(encodeRun(await engine.readRun(call, id, run), owned.owner.appId))
      },
    }),
    callerRoute(parts, {
      method: 'DELETE',
      path: '/threads/:id/runs/:run',
      description: about.deleteRun,
      audited: true,
      async handle(_, { caller, id, params: { run = '' } }) {
        const { call } = await threadOf(parts, caller, id)
        await engine.deleteRun(call, id, run)
        return new Response(null, { status: 204 })
      },
    }),
    callerRoute(parts, {
      method: 'GET',
      path: '/threads/:id/runs/:run/join',
      cost: 'follow',
      description: about.joinRun,
      async handle(request, context) {
        const { cancel_on_disconnect } = checkBody(joinQuerySchema, decodeQuery(request))
        const open = await joined(context)
        const { stream, encode } = await encodeWhenBegun(open.stream, () =>
          graphEncoderOf(parts, open, { modes: VALUES, fromStart: true }),
        )
        const canReturn = !isYes(cancel_on_disconnect)
        const writer = encodeResultStream(stream, { encode, canReturn, ...reporting(request, context) })
        return writtenResponse(writer, { 'content-type': 'application/json' })
      },
    }),
    callerRoute(parts, {
      method: 'GET',
      path: '/threads/:id/runs/:run/stream',
      cost: 'follow',
      description: about.joinRunStream,
      async handle(request, context) {
        const { stream_mode } = checkBody(joinQuerySchema, decodeQuery(request))
        const open = await joined(context)
        const modes = modesOf(open.stream, stream_mode)
        const read = await encodeWhenBegun(open.stream, () => encoderOf(parts, open, { modes, fromStart: true }))
        return followed(request, context, { ...open, ...read })
      },
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/threads/:id/runs/:run/cancel',
      cost: 'follow',
      description: about.cancelRun,
      audited: true,
      async handle(request, { caller, id, params: { run = '' } }) {
        const { action } = checkBody(cancelQuerySchema, decodeQuery(request))
        const { call } = await threadOf(parts, caller, id)
        await engine.readRun(call, id, run)
        await engine.cancelRun(call, id, { runId: run, rollback: action === 'rollback' })
        return new Response(null, { status: 202 })
      },
    }),
  ]

  /** A stream from behind what its reader has seen. */
  function followed(
    request: Request,
    context: CalledBy<Context>,
    { passing, language, stream, encode }: OpenRun<Context> & Awaited<ReturnType<typeof encodeWhenBegun>>,
  ): Response {
    const { cancel_on_disconnect } = checkBody(joinQuerySchema, decodeQuery(request))
    const { id, threadId } = stream.run
    const path = pathOfRun(passing ? null : threadId, id)
    const writer = encodeStream(stream, {
      language,
      encode,
      seen: decodePlace(request.headers.get('last-event-id')),
      canReturn: !isYes(cancel_on_disconnect),
      ...reporting(request, context),
    })
    return eventStreamResponse(writer, { 'content-location': path, location: `${path}/stream` })
  }
}

const isYes = (flag: string | undefined) => flag === '1' || flag === 'true'
