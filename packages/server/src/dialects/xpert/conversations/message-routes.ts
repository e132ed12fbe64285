import { ParleyError } from '@parley/protocol'
import { threadOf } from '../../../engine/caller-threads.js'
import type { HistoryMessage } from '../../../engine/engine.js'
import { readJson } from '../../../http/body.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { decodeQuery } from '../decode-query.js'
import type { XpertCaller, XpertParts } from '../routes.js'
import { conversationRoute } from './conversation-route.js'
import * as about from './describe.js'
import { findIn } from './find.js'
import { loadMessages } from './messages.js'
import { type Message, messageChangeSchema, messageCreateSchema, partSchema, searchSchema } from './schema.js'

const PATH = '/conversations/:id/messages'

/** What was said in a conversation. Answers are written by runs; what is added here was said elsewhere. */
export function messageRoutes<Context>(parts: XpertParts<Context>): Route[] {
  const { engine } = parts

  const load = async (caller: XpertCaller<Context>, id: string) =>
    loadMessages(engine, (await threadOf(parts, caller, id)).call, id)

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
        return Response.json(
          findIn(await load(caller, id), { ...part, where: undefined, order: undefined, search: undefined }),
        )
      },
    }),
    conversationRoute(parts, {
      method: 'POST',
      path: `${PATH}/search`,
      description: about.searchMessages,
      async handle(request, { caller, id }) {
        const search = checkBody(searchSchema, await readJson(request))
        return Response.json(findIn(await load(caller, id), { ...search, search: undefined }))
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
        await engine.changeHistory(call, id, { messages: [{ id: messageId, role: roleOf(role), text: content }] })
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
        await engine.changeHistory(call, id, { messages: [{ id: messageId, role: roleOf(role), text: content }] })
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

export function messageIn(messages: readonly Message[], id: string): Message {
  const message = messages.find((one) => one.id === id)
  if (message) return message
  throw new ParleyError('item_not_found', `There is no message "${id}" in this conversation.`)
}

const ROLES: Record<string, HistoryMessage['role']> = {
  human: 'user',
  user: 'user',
  ai: 'assistant',
  assistant: 'assistant',
}

function roleOf(role: string): HistoryMessage['role'] {
  const known = Object.hasOwn(ROLES, role) ? ROLES[role] : undefined
  if (known) return known
  throw new ParleyError('invalid_request', 'role must be "human" or "ai".')
}
