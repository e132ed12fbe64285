import type { ServerCaller } from '../../auth/access.js'
import { readList } from '../../base/read-list.js'
import type { WorkspaceThreads } from '../../engine/workspace-threads.js'
import { publicUrlOf } from '../../http/public-url.js'
import { checkBody } from '../check-body.js'
import type { Route } from '../dialect.js'
import { queryOf } from './decode.js'
import { encodeList, encodeThread } from './encode.js'
import { encodeItem } from './encode-item.js'
import {
  deletedThreadSchema,
  itemListSchema,
  pageQuerySchema,
  threadListSchema,
  threadQuerySchema,
  threadSchema,
} from './schema.js'

export interface ThreadRouteParts {
  threads: WorkspaceThreads
  /** A server with the scope `threads`. */
  callerOf(request: Request): Promise<ServerCaller>
}

/** Threads of all users, for a server with an API key; never for a browser with a client secret. */
export function threadRoutes({ threads, callerOf }: ThreadRouteParts): Route[] {
  const path = '/v1/chatkit/threads'
  const group = 'Threads'
  return [
    {
      method: 'GET',
      path,
      description: {
        id: 'listThreads',
        group,
        summary: 'List the conversations of one user, or of all users.',
        query: threadQuerySchema,
        answer: threadListSchema,
      },
      async handle(request) {
        const caller = await callerOf(request)
        const { user, ...part } = checkBody(threadQuerySchema, queryOf(request))
        const within = { ...caller, ...(user !== undefined && { userId: user }) }
        const load = async (place: Parameters<typeof threads.list>[0]) => {
          const page = await threads.list(place, within)
          return { ...page, data: page.data.map(encodeThread) }
        }
        const { data, hasMore } = await readList(part, load, (thread) => thread)
        return Response.json(encodeList(data, hasMore))
      },
    },
    {
      method: 'GET',
      path: `${path}/:id`,
      description: {
        id: 'getThread',
        group,
        summary: 'Get a conversation.',
        answer: threadSchema,
        failures: [404],
      },
      handle: async (request, { params: { id = '' } }) =>
        Response.json(encodeThread(await threads.get(id, await callerOf(request)))),
    },
    {
      method: 'DELETE',
      path: `${path}/:id`,
      description: {
        id: 'deleteThread',
        group,
        summary: 'Delete a conversation with its items and files.',
        answer: deletedThreadSchema,
        failures: [404],
      },
      async handle(request, { params: { id = '' } }) {
        await threads.delete(id, await callerOf(request))
        return Response.json({ id, object: 'chatkit.thread.deleted', deleted: true })
      },
    },
    {
      method: 'GET',
      path: `${path}/:id/items`,
      description: {
        id: 'listThreadItems',
        group,
        summary: 'Read the items of a conversation, a page at a time.',
        query: pageQuerySchema,
        answer: itemListSchema,
        failures: [404],
      },
      async handle(request, { params: { id = '' } }) {
        const caller = await callerOf(request)
        const part = checkBody(pageQuerySchema, queryOf(request))
        const publicUrl = publicUrlOf(request)
        const load = (place: Parameters<typeof threads.listItems>[1]) => threads.listItems(id, place, caller)
        const { data, hasMore } = await readList(part, load, (item) => encodeItem(item, publicUrl))
        return Response.json(encodeList(data, hasMore))
      },
    },
  ]
}
