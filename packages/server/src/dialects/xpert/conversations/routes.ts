import { ParleyError } from '@parley/protocol'
import { nameOfUser } from '../../../auth/acting-user.js'
import { onlyAppOf } from '../../../auth/principal.js'
import { searchRows } from '../../../base/search-rows.js'
import { listedThreads, quietCall, threadOf, withRun } from '../../../engine/caller-threads.js'
import { NO_APP, type OwnedThread } from '../../../engine/user-threads.js'
import { readJson, readOptionalJson } from '../../../http/body.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { callerRoute } from '../caller-route.js'
import type { XpertCaller, XpertParts } from '../routes.js'
import { encodeThread } from '../threads/encode.js'
import { conversationRoute } from './conversation-route.js'
import { decodeSearch } from './decode-search.js'
import { encodeConversation } from './encode.js'
import * as about from './routes-schema.js'
import { conversationChangeSchema, conversationCreateSchema, searchSchema } from './schema.js'

/** Threads as Xpert's clients know them. Source: the Xpert contract, section 5.9. */
export function conversationRoutes<Context>(parts: XpertParts<Context>): Route[] {
  const { engine } = parts

  const encode = async (caller: XpertCaller<Context>, id: string) => {
    const { owned } = await threadOf(parts, caller, id)
    return encodeConversation(await withRun(parts, caller, owned), nameOfUser(caller.principal.userId))
  }

  /** Changes what is given of a thread that is there. */
  async function change(
    caller: XpertCaller<Context>,
    { thread, owner }: OwnedThread,
    { title, ...noted }: { title?: string | undefined } & Record<string, unknown>,
  ): Promise<void> {
    const call = quietCall(caller, owner.appId)
    if (title !== undefined) await engine.updateThread(call, thread.id, { title })
    const metadata = Object.fromEntries(Object.entries(noted).filter(([, value]) => value !== undefined))
    if (Object.keys(metadata).length > 0) await engine.noteOnThread(call, thread.id, { metadata })
  }

  async function find(caller: XpertCaller<Context>, id: string | undefined): Promise<OwnedThread | undefined> {
    try {
      return id === undefined ? undefined : await parts.threads.find(id, caller.within)
    } catch (thrown) {
      if (thrown instanceof ParleyError && thrown.code === 'thread_not_found') return undefined
      throw thrown
    }
  }

  return [
    callerRoute(parts, {
      method: 'POST',
      path: '/conversations',
      description: about.createConversation,
      audited: true,
      async handle(request, { caller }) {
        const { id, threadId, xpertId, ...noted } = checkBody(conversationCreateSchema, await readOptionalJson(request))
        if (id !== undefined && threadId !== undefined && id !== threadId)
          throw new ParleyError(
            'invalid_request',
            'id: a conversation has the id of its thread. Leave one of them out.',
          )
        const wanted = xpertId ?? onlyAppOf(caller.principal)
        const appId = wanted === undefined ? NO_APP : ((await caller.callTo(wanted)).appId ?? NO_APP)
        const there = await find(caller, threadId ?? id)
        if (there) {
          const owned = appId === NO_APP ? there : await parts.threads.bind(there, appId)
          await change(caller, owned, noted)
          return Response.json(await encode(caller, owned.thread.id))
        }
        const { title, ...metadata } = noted
        const { thread } = await engine.createThread(quietCall(caller, appId), {
          id: threadId ?? id ?? crypto.randomUUID(),
          title,
          metadata: JSON.parse(JSON.stringify(metadata)),
        })
        return Response.json(await encode(caller, thread.id), { status: 201 })
      },
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/conversations/search',
      description: about.searchConversations,
      async handle(request, { caller }) {
        const search = checkBody(searchSchema, await readOptionalJson(request))
        const endUser = nameOfUser(caller.principal.userId)
        const rows = []
        for await (const owned of listedThreads(parts, caller))
          rows.push(encodeConversation(await withRun(parts, caller, owned), endUser))
        return Response.json(searchRows(rows, decodeSearch(search)))
      },
    }),
    conversationRoute(parts, {
      method: 'GET',
      path: '/conversations/:id',
      description: about.getConversation,
      handle: async (_, { caller, id }) => Response.json(await encode(caller, id)),
    }),
    conversationRoute(parts, {
      method: 'GET',
      path: '/conversations/:id/threads',
      description: about.listThreads,
      async handle(_, { caller, id }) {
        const { owned } = await threadOf(parts, caller, id)
        return Response.json({ items: [encodeThread(await withRun(parts, caller, owned))], total: 1 })
      },
    }),
    conversationRoute(parts, {
      method: 'PATCH',
      path: '/conversations/:id',
      description: about.updateConversation,
      async handle(request, { caller, id }) {
        const noted = checkBody(conversationChangeSchema, await readJson(request))
        await change(caller, (await threadOf(parts, caller, id)).owned, noted)
        return Response.json(await encode(caller, id))
      },
    }),
    conversationRoute(parts, {
      method: 'DELETE',
      path: '/conversations/:id',
      description: about.deleteConversation,
      audited: true,
      async handle(_, { caller, id }) {
        await engine.deleteThread((await threadOf(parts, caller, id)).call, id)
        return new Response(null, { status: 202 })
      },
    }),
  ]
}
