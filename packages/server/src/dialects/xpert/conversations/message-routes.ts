import { ParleyError } from '@parley/protocol'
import { allRows } from '../../../base/pages-of.js'
import { searchRows } from '../../../base/search-rows.js'
import { threadOf } from '../../../engine/caller-threads.js'
import { loadItems } from '../../../engine/load-items.js'
import { readJson, readOptionalJson } from '../../../http/body.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { decodeQuery } from '../decode-query.js'
import type { XpertCaller, XpertParts } from '../routes.js'
import { conversationRoute } from './conversation-route.js'
import { decodeRole } from './decode-role.js'
import { decodeSearch } from './decode-search.js'
import { encodeMessages } from './encode-messages.js'
import * as about from './routes-schema.js'
import { type Message, messageChangeSchema, messageCreateSchema, partSchema, rowSearchSchema } from './schema.js'

const PATH = '/conversations/:id/messages'
const PAGE = 100

/** What was said in a conversation. Answers are written by runs; what is added here was said elsewhere. */
export function messageRoutes<Context>(parts: XpertParts<Context>): Route[] {
  const { engine } = parts

  /** Oldest first. */
  async function load(caller: XpertCaller<Context>, id: string): Promise<Message[]> {
    const { call } = await threadOf(parts, caller, id)
    const page = (after: string | undefined) => ({ limit: PAGE, order: 'asc', after: after ?? null }) as const
    const [items, runs] = await Promise.all([
      loadItems(engine, call, id),
      allRows((after) => engine.listRuns(call, id, page(after))),
    ])
    return encodeMessages(items, runs)
  }

  /** @throws {ParleyError} `conflict`: a run wrote it */
  async function ownMessage(caller: XpertCaller<Context>, id: string, messageId: string): Promise<Message> {
    const message = messageIn(await load(caller, id), messageId)
    if (message.executionId === undefined) return message
    throw new ParleyError(
      'conflict',
      'A run wrote this message, and it stays as it is. Delete the conversation, or retry.',
    )
  }

  return [
    conversationRoute(parts, {
      method: 'GET',
      path: PATH,
      description: about.listMessages,
      async handle(request, { caller, id }) {
        const part = checkBody(partSchema, decodeQuery(request))
        return Response.json(searchRows(await load(caller, id), part))
      },
    }),
    conversationRoute(parts, {
      method: 'POST',
      path: `${PATH}/search`,
      description: about.searchMessages,
      async handle(request, { caller, id }) {
        const search = checkBody(rowSearchSchema, await readOptionalJson(request))
        return Response.json(searchRows(await load(caller, id), decodeSearch(search)))
      },
    }),
    conversationRoute(parts, {
      method: 'POST',
      path: PATH,
      description: about.createMessage,
      async handle(request, { caller, id }) {
        const { role, content } = checkBody(messageCreateSchema, await readJson(request))
        const { call } = await threadOf(parts, caller, id)
        const messageId = crypto.randomUUID()
        await engine.changeHistory(call, id, { messages: [{ id: messageId, role: decodeRole(role), text: content }] })
        return Response.json(messageIn(await load(caller, id), messageId), { status: 201 })
      },
    }),
    conversationRoute(parts, {
      method: 'GET',
      path: `${PATH}/:message`,
      description: about.getMessage,
      handle: async (_, { caller, id, params }) =>
        Response.json(messageIn(await load(caller, id), params.message ?? '')),
    }),
    conversationRoute(parts, {
      method: 'PATCH',
      path: `${PATH}/:message`,
      description: about.updateMessage,
      async handle(request, { caller, id, params }) {
        const { content } = checkBody(messageChangeSchema, await readJson(request))
        const { call } = await threadOf(parts, caller, id)
        const { id: messageId, role } = await ownMessage(caller, id, params.message ?? '')
        await engine.changeHistory(call, id, { messages: [{ id: messageId, role: decodeRole(role), text: content }] })
        return Response.json(messageIn(await load(caller, id), messageId))
      },
    }),
    conversationRoute(parts, {
      method: 'DELETE',
      path: `${PATH}/:message`,
      description: about.deleteMessage,
      async handle(_, { caller, id, params }) {
        const { call } = await threadOf(parts, caller, id)
        const { id: messageId } = await ownMessage(caller, id, params.message ?? '')
        await engine.changeHistory(call, id, { removedIds: [messageId] })
        return new Response(null, { status: 202 })
      },
    }),
  ]
}

function messageIn(messages: readonly Message[], id: string): Message {
  const message = messages.find((one) => one.id === id)
  if (message) return message
  throw new ParleyError('item_not_found', `There is no message "${id}" in this conversation.`)
}
