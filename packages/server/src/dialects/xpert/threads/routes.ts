import { ParleyError } from '@parley/protocol'
import { onlyAppOf } from '../../../auth/principal.js'
import { quietCall, readThread, threadOf } from '../../../engine/caller-threads.js'
import { loadItems } from '../../../engine/load-items.js'
import { NO_APP, type OwnedThread } from '../../../engine/user-threads.js'
import { readJson, readOptionalJson } from '../../../http/body.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { callerRoute } from '../caller-route.js'
import type { XpertCaller, XpertParts } from '../routes.js'
import { decodeMetadata } from './decode.js'
import { decodeUpdate } from './decode-update.js'
import { encodeThread } from './encode.js'
import * as about from './routes-schema.js'
import { threadCopySchema, threadCreateSchema, threadUpdateSchema } from './schema.js'

/** Threads; what is said in them is their state. */
export function threadRoutes<Context>(parts: XpertParts<Context>): Route[] {
  const { engine } = parts

  /** A thread of this id in whatever app, if there is one. */
  async function known(caller: XpertCaller<Context>, threadId: string): Promise<OwnedThread | undefined> {
    try {
      return await parts.threads.find(threadId, caller.within)
    } catch (thrown) {
      if (thrown instanceof ParleyError && thrown.code === 'thread_not_found') return undefined
      throw thrown
    }
  }

  return [
    callerRoute(parts, {
      method: 'POST',
      path: '/threads',
      description: about.createThread,
      audited: true,
      async handle(request, { caller }) {
        const body = checkBody(threadCreateSchema, await readOptionalJson(request))
        const id = body.thread_id ?? crypto.randomUUID()
        const there = await known(caller, id)
        if (there && body.if_exists === 'raise') throw new ParleyError('conflict', `The thread "${id}" exists already.`)
        if (there) return Response.json(encodeThread(await readThread(parts, caller, id)))
        const wanted = body.assistant_id ?? onlyAppOf(caller.principal) ?? body.metadata?.graph_id
        const appId = typeof wanted === 'string' ? ((await caller.callTo(wanted)).appId ?? NO_APP) : NO_APP
        const call = quietCall(caller, appId)
        const changes = (body.supersteps ?? []).flatMap(({ updates }, step) =>
          updates.flatMap(
            (update, index) => decodeUpdate(update, { place: `supersteps[${step}].updates[${index}].` }) ?? [],
          ),
        )
        const { title, metadata } = decodeMetadata(body.metadata)
        const { thread } = await engine.createThread(call, { id, title, metadata, ttl_minutes: body.ttl })
        for (const change of changes) await engine.changeHistory(call, thread.id, change)
        if (changes.length > 0) return Response.json(encodeThread(await readThread(parts, caller, id)))
        const { workspaceId, userId } = caller.principal
        return Response.json(encodeThread({ thread, owner: { workspaceId, userId, appId } }))
      },
    }),
    callerRoute(parts, {
      method: 'GET',
      path: '/threads/:id',
      description: about.getThread,
      handle: async (_, { caller, id }) => Response.json(encodeThread(await readThread(parts, caller, id))),
    }),
    callerRoute(parts, {
      method: 'PATCH',
      path: '/threads/:id',
      description: about.updateThread,
      audited: true,
      async handle(request, { caller, id }) {
        const { metadata: given, ttl } = checkBody(threadUpdateSchema, await readJson(request))
        const { title, metadata } = decodeMetadata(given)
        const { call } = await threadOf(parts, caller, id)
        if (title !== undefined) await engine.updateThread(call, id, { title })
        await engine.noteOnThread(call, id, { metadata, ttl_minutes: ttl })
        return Response.json(encodeThread(await readThread(parts, caller, id)))
      },
    }),
    callerRoute(parts, {
      method: 'DELETE',
      path: '/threads/:id',
      description: about.deleteThread,
      audited: true,
      async handle(_, { caller, id }) {
        const { call } = await threadOf(parts, caller, id)
        await engine.deleteThread(call, id)
        return new Response(null, { status: 204 })
      },
    }),
    callerRoute(parts, {
      method: 'DELETE',
      path: '/threads/:id/display-pause/:pause',
      description: about.releaseDisplayPause,
      async handle(_, { caller, id }) {
        await threadOf(parts, caller, id)
        return new Response(null, { status: 204 })
      },
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/threads/:id/copy',
      description: about.copyThread,
      audited: true,
      async handle(request, { caller, id }) {
        const { beforeMessageId } = checkBody(threadCopySchema, await readOptionalJson(request))
        const { owned, call } = await threadOf(parts, caller, id)
        const thread = await engine.copyThread(call, id, { before: beforeMessageId ?? undefined })
        return Response.json(
          encodeThread({ thread, owner: owned.owner, items: await loadItems(engine, call, thread.id) }),
        )
      },
    }),
  ]
}
