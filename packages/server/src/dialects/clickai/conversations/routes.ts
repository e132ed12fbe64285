import { type InputField, ParleyError } from '@parley/protocol'
import { z } from 'zod'
import type { AppCaller } from '../../../auth/access.js'
import { shortTitle } from '../../../base/short-title.js'
import { uuidOf } from '../../../base/uuid-of.js'
import type { AppRecords } from '../../../engine/app-records.js'
import type { Call, Engine, NotedThread } from '../../../engine/engine.js'
import type { RouteDescription } from '../../../http/route-description.js'
import type { AppFiles } from '../../../uploads/app-files.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { optionalUserOf, queryOf, readBody, readOptionalBody } from '../decode.js'
import { type AppCalls, assertChat } from '../decode-call.js'
import { failure, invalidParam, notFound } from '../errors.js'
import { takeInput } from '../files/decode.js'
import { listOf, ofUser } from '../schema.js'
import { encodeConversation, encodeVariable, valueTypeOf } from './encode.js'
import {
  conversationQuerySchema,
  conversationSchema,
  renameBodySchema,
  variableQuerySchema,
  variableSchema,
} from './schema.js'

const user = 'user_123'

export interface ConversationParts<Context> extends AppCalls<Context> {
  engine: Engine<Context>
  records: AppRecords<Context>
  /** Absent: this server keeps no files. */
  files?: AppFiles<Context> | undefined
}

/** Conversations of one user, and their variables. Source: the ClickAI contract, section 13. */
export function conversationRoutes<Context>(parts: ConversationParts<Context>): Route[] {
  const { engine, appOf, callOf, records, files } = parts

  /** The key comes first: whoever has none learns nothing of what else was wrong. It counts once. */
  const chatCallOf = async (request: Request, app: AppCaller, told: { user?: unknown }) => {
    const call = await callOf(request, app, optionalUserOf(told))
    assertChat(call)
    return call
  }

  const changeVariable: Route['handle'] = async (request, { params: { id = '', variable_id: variableId = '' } }) => {
    const app = await appOf(request)
    const body = await readBody(request)
    const call = await chatCallOf(request, app, body)
    const { thread } = await engine.readThread(call, id)
    const field = await fieldOf(call, id, variableId)
    const value = await takeValue(files, call, { field, given: body.value })
    const changed = await engine.noteOnThread(call, thread.id, { state: { [field.variable]: value } })
    return Response.json(encodeVariable(field, variableId, changed))
  }

  return [
    {
      method: 'GET',
      path: '/v1/conversations',
      description: {
        id: 'listConversations',
        group: 'Conversations',
        summary: 'List the conversations of a user, those with the newest messages first.',
        query: conversationQuerySchema,
        exampleQuery: { user },
        failures: [404],
        answer: listOf(conversationSchema),
      },
      async handle(request) {
        const app = await appOf(request)
        const { user, limit, sort_by, last_id, first_id } = checkBody(conversationQuerySchema, queryOf(request))
        const call = await chatCallOf(request, app, { user })
        const after = last_id ?? first_id
        const page = await records
          .threads(call.context, {
            by: sort_by.endsWith('updated_at') ? 'activity' : 'creation',
            order: sort_by.startsWith('-') ? 'desc' : 'asc',
            limit,
            ...(after !== undefined && { after }),
          })
          .catch((thrown: unknown) => {
            if (thrown instanceof ParleyError && thrown.code === 'invalid_cursor')
              throw notFound('Last Conversation Not Exists.')
            throw thrown
          })
        const form = call.app.inputs ?? []
        const data = page.data.map(({ thread, run }) => encodeConversation(thread, { run, form }))
        return Response.json({ limit, has_more: page.has_more, data })
      },
    },
    {
      method: 'POST',
      path: '/v1/conversations/:id/name',
      description: {
        id: 'renameConversation',
        group: 'Conversations',
        summary: 'Give a conversation a name, or let one be made from its first message.',
        body: renameBodySchema.extend(ofUser),
        example: { name: 'Warranty', user },
        failures: [404],
        answer: conversationSchema,
      },
      async handle(request, { params: { id = '' } }) {
        const app = await appOf(request)
        const body = await readBody(request)
        const call = await chatCallOf(request, app, body)
        const { name, auto_generate } = checkBody(renameBodySchema, body)
        const title = auto_generate ? await nameOf(parts, call, id) : name?.trim()
        if (!title) throw invalidParam('name', 'name is required when auto_generate is false.')
        await engine.updateThread(call, id, { title })
        const { thread, run } = await engine.readThread(call, id)
        return Response.json(encodeConversation(thread, { run, form: call.app.inputs ?? [] }))
      },
    },
    {
      method: 'DELETE',
      path: '/v1/conversations/:id',
      description: {
        id: 'deleteConversation',
        group: 'Conversations',
        summary: 'Delete a conversation with its messages and files.',
        body: z.object(ofUser),
        example: { user },
        failures: [404],
      },
      async handle(request, { params: { id = '' } }) {
        const app = await appOf(request)
        const told = await readOptionalBody(request)
        const call = await chatCallOf(request, app, { user: told.user ?? queryOf(request).user })
        await engine.deleteThread(call, id)
        return new Response(null, { status: 204 })
      },
    },
    {
      method: 'GET',
      path: '/v1/conversations/:id/variables',
      description: {
        id: 'listVariables',
        group: 'Conversations',
        summary: 'List the variables of a conversation: the inputs it began with, as they are now.',
        query: variableQuerySchema,
        exampleQuery: { user },
        failures: [404],
        answer: listOf(variableSchema),
      },
      async handle(request, { params: { id = '' } }) {
        const app = await appOf(request)
        const { user, limit, last_id, variable_name } = checkBody(variableQuerySchema, queryOf(request))
        const call = await chatCallOf(request, app, { user })
        const { thread } = await engine.readThread(call, id)
        const form = (call.app.inputs ?? []).filter(({ variable }) => variable === (variable_name ?? variable))
        const all = await Promise.all(form.map((field) => encodeOne(field, thread)))
        const place = last_id === undefined ? -1 : all.findIndex((one) => one.id === last_id)
        if (last_id !== undefined && place === -1) throw notFound('Conversation Variable Not Exists.')
        const data = all.slice(place + 1, place + 1 + limit)
        return Response.json({ limit, has_more: all.length > place + 1 + limit, data })
      },
    },
    ...(['PUT', 'PATCH'] as const).map(
      (method): Route => ({
        method,
        path: '/v1/conversations/:id/variables/:variable_id',
        description: method === 'PUT' ? aboutVariable : null, // one of the two is enough
        handle: changeVariable,
      }),
    ),
  ]
}

const aboutVariable: RouteDescription = {
  id: 'updateVariable',
  group: 'Conversations',
  summary: 'Change a variable; the next answer knows it. PATCH does the same.',
  body: z.object({ value: z.unknown(), ...ofUser }),
  example: { value: 'en', user },
  failures: [404],
  answer: variableSchema,
}

const encodeOne = async (field: InputField, thread: NotedThread) =>
  encodeVariable(field, await variableIdOf(thread.id, field), thread)

/** The same for ever, though nothing is stored for it. */
const variableIdOf = (threadId: string, { variable }: InputField) => uuidOf(`${threadId} ${variable}`)

async function fieldOf<Context>({ app }: Call<Context>, threadId: string, variableId: string): Promise<InputField> {
  for (const field of app.inputs ?? []) if ((await variableIdOf(threadId, field)) === variableId) return field
  throw notFound('Conversation Variable Not Exists.')
}

/** A new value of a variable, its files those of the same user. */
async function takeValue<Context>(
  files: AppFiles<Context> | undefined,
  call: Call<Context>,
  { field, given }: { field: InputField; given: unknown },
): Promise<unknown> {
  const expected = valueTypeOf(field)
  const got = Array.isArray(given) ? 'array' : given === null ? 'null' : typeof given
  const isFit = expected === got || (expected === 'file' && got === 'object') || expected.startsWith(got)
  if (!isFit)
    throw failure('bad_request', `Type mismatch: variable '${field.variable}' expects ${expected}, but got ${got} type`)
  return (await takeInput(files, call, { field, given, param: 'value' })).value
}

/** A name out of the first thing that was said. */
async function nameOf<Context>({ engine }: { engine: Engine<Context> }, call: Call<Context>, threadId: string) {
  const { data } = await engine.listItems(call, threadId, { limit: 1, order: 'asc' })
  const [first] = data
  const text = first?.type === 'user_message' ? first.content.map((part) => part.text).join('') : ''
  return shortTitle(text) ?? Promise.reject(invalidParam('auto_generate', 'There is no message to make a name from.'))
}
