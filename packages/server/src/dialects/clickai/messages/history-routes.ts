import { ParleyError } from '@parley/protocol'
import type { Call, Engine } from '../../../engine/engine.js'
import { readRunsOf, readTurns, type Turn } from '../../../engine/turns.js'
import { publicUrlOf } from '../../../http/public-url.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { inputsOf } from '../conversations/encode.js'
import { optionalUserOf, queryOf } from '../decode.js'
import { type AppCalls, assertChat, modeOf } from '../decode-call.js'
import { notFound } from '../errors.js'
import { listOf } from '../schema.js'
import { encodeMessage, messageIdOf } from './encode-history.js'
import { messageQuerySchema, messageSchema } from './schema.js'

export interface HistoryParts<Context> extends AppCalls<Context> {
  engine: Engine<Context>
}

/** What was said. Source: the ClickAI contract, section 13.2. */
export function historyRoutes<Context>({ engine, appOf, callOf }: HistoryParts<Context>): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/messages',
      description: {
        id: 'listMessages',
        group: 'Messages',
        summary: 'List the newest messages of a conversation, or those before one; oldest first.',
        query: messageQuerySchema,
        exampleQuery: { user: 'user_123', conversation_id: 'CONVERSATION_ID' },
        failures: [404],
        answer: listOf(messageSchema),
      },
      async handle(request) {
        const app = await appOf(request)
        const { user, conversation_id: threadId, first_id, limit } = checkBody(messageQuerySchema, queryOf(request))
        const call = await callOf(request, app, optionalUserOf({ user }))
        assertChat(call)
        const { thread } = await engine.readThread(call, threadId)
        const after = first_id === undefined ? undefined : await itemBehind(engine, call, threadId, first_id)
        const { turns, before } = await readTurns(engine, call, { threadId, after, limit }).catch(asUnknownMessage)
        const runs = await readRunsOf(engine, call, { threadId, turns: [...turns, ...before] })
        const feedback = await engine.listFeedback(call, threadId)
        const form = call.app.inputs ?? []
        const base = publicUrlOf(request)
        const idOf = (turn: Turn) => messageIdOf(turn, runs.get(turn.question.id))
        const data = turns.map((turn, index) => {
          const parent = turns[index + 1] ?? before[0]
          return encodeMessage(turn, {
            run: runs.get(turn.question.id),
            isAgent: modeOf(call) === 'agent-chat',
            feedback,
            inputs: inputsOf(thread, form),
            parentId: parent ? idOf(parent) : null,
            addressOf: (file) => (file.type === 'image' ? file.preview_url : `${base}/v1/files/${file.id}/preview`),
          })
        })
        return Response.json({ limit, has_more: before.length > 0, data: data.reverse() })
      },
    },
  ]
}

function asUnknownMessage(thrown: unknown): never {
  throw thrown instanceof ParleyError && thrown.code === 'invalid_cursor'
    ? notFound('First Message Not Exists.')
    : thrown
}

/** The item a message begins with: a message is known by the run that answered it. */
async function itemBehind<Context>(engine: Engine<Context>, call: Call<Context>, threadId: string, messageId: string) {
  const run = await engine.findRun(call, messageId).catch((thrown: unknown) => {
    if (thrown instanceof ParleyError && thrown.code === 'run_not_found') return undefined
    throw thrown
  })
  if (run && run.thread_id !== threadId) throw notFound('First Message Not Exists.')
  return run?.trigger.item_id ?? messageId
}
