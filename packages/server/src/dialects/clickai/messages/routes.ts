import { type Attachment, ParleyError } from '@parley/protocol'
import { z } from 'zod'
import { shortTitle } from '../../../base/short-title.js'
import type { Call, RunStream } from '../../../engine/engine.js'
import type { RouteDescription } from '../../../http/route-description.js'
import type { AppFiles } from '../../../uploads/app-files.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { decodeMessage, queryTextOf, readBody, textOfInputs, userOf } from '../decode.js'
import { type AppCalls, assertChat, modeOf } from '../decode-call.js'
import { type AnswerParts, answerWith } from '../encode-answer.js'
import { failure } from '../errors.js'
import { takeFiles, takeInputs } from '../files/decode.js'
import { namedUser, successSchema } from '../schema.js'
import { assertPublished } from '../workflows/decode.js'
import { foldAnswer } from './encode-run.js'
import { eventSchema } from './event-schema.js'
import { blockingSchema, type ChatBody, chatBodySchema, completionBodySchema } from './schema.js'

export interface MessageParts<Context> extends AppCalls<Context>, AnswerParts<Context> {
  /** Absent: this server keeps no files. */
  files?: AppFiles<Context> | undefined
}

/** Asking an app, and stopping its answer. Source: the ClickAI contract, sections 7 and 8. */
export function messageRoutes<Context>(parts: MessageParts<Context>): Route[] {
  const { engine, appOf, callOf, files } = parts

  const stop: Route['handle'] = async (request, { params: { task_id: taskId = '' } }) => {
    const app = await appOf(request)
    const call = await callOf(request, app, userOf(await readBody(request)))
    await stopTask(parts, call, taskId)
    return Response.json({ result: 'success' })
  }

  return [
    {
      method: 'POST',
      path: '/v1/chat-messages',
      description: {
        id: 'createChatMessage',
        group: 'Messages',
        summary: 'Say something to a chat app, in a new conversation or in one that goes on.',
        modes: ['chat', 'agent-chat', 'advanced-chat'],
        failures: [404],
        variants: inBothModes(chatBodySchema.extend({ query: z.string().describe('What the person says.') }), {
          query: 'Hello',
          inputs: {},
        }),
      },
      async handle(request, context) {
        const app = await appOf(request)
        const body = await readBody(request)
        const userId = userOf(body)
        const query = queryTextOf(body)
        const wanted = checkBody(chatBodySchema, body)
        const call = await callOf(request, app, userId)
        assertChat(call)
        const stream = await startTurn(parts, call, { query, wanted })
        return answerWith(parts, { request, context, call, stream, userId, mode: wanted.response_mode }, foldAnswer)
      },
    },
    {
      method: 'POST',
      path: '/v1/completion-messages',
      description: {
        id: 'createCompletionMessage',
        group: 'Messages',
        summary: 'Let a text generator write.',
        modes: ['completion'],
        variants: inBothModes(completionBodySchema, { inputs: { query: 'Hello' } }),
      },
      async handle(request, context) {
        const app = await appOf(request)
        const body = await readBody(request)
        const userId = userOf(body)
        const wanted = checkBody(completionBodySchema, body)
        const call = await callOf(request, app, userId)
        if (modeOf(call) !== 'completion') throw failure('app_unavailable', UNAVAILABLE)
        const { values: inputs, attachments } = await takeInputs(files, call, wanted.inputs)
        const form = call.app.inputs ?? []
        const all = [...attachments, ...(await takeFiles(files, call, wanted.files))]
        const message = decodeMessage(wanted.query || textOfInputs(form, inputs, wanted.inputs), idsOf(all))
        const stream = await engine.startThread(call, message, { inputs })
        return answerWith(parts, { request, context, call, stream, userId, mode: wanted.response_mode }, foldAnswer)
      },
    },
    {
      method: 'POST',
      path: '/v1/chat-messages/:task_id/stop',
      description: aboutStop('stopChatMessage'),
      handle: stop,
    },
    {
      method: 'POST',
      path: '/v1/completion-messages/:task_id/stop',
      description: aboutStop('stopCompletionMessage'),
      handle: stop,
    },
  ]
}

const ENDED = 'The conversation has ended. Please start a new conversation.'
const UNAVAILABLE = 'App unavailable, please check your app configurations.'

const idsOf = (files: Attachment[]) => [...new Set(files.map(({ id }) => id))]

/** The two ways of reading an answer, of which `response_mode` says one. */
function inBothModes(shape: z.ZodObject, given: object): NonNullable<RouteDescription['variants']> {
  const body = shape.extend(namedUser)
  const example = { ...given, user: 'user_123' }
  return async () => [
    {
      name: 'blocking',
      summary: 'The whole answer at once.',
      body,
      example: { ...example, response_mode: 'blocking' },
      answer: blockingSchema,
    },
    {
      name: 'streaming',
      summary: 'The answer as it is written, as server-sent events.',
      body,
      example: { ...example, response_mode: 'streaming' },
      events: eventSchema,
    },
  ]
}

const aboutStop = (id: string): RouteDescription => ({
  id,
  group: 'Messages',
  summary: 'Stop an answer that is being written. What was written is kept.',
  body: z.object(namedUser),
  example: { user: 'user_123' },
  answer: successSchema,
})

/** A conversation that goes on keeps the inputs it began with, whatever is sent. */
async function startTurn<Context>(
  { engine, files }: MessageParts<Context>,
  call: Call<Context>,
  { query, wanted }: { query: string; wanted: ChatBody },
): Promise<RunStream> {
  const asked = { ...call, titling: false } // a conversation is named when it begins, or by its user
  const { conversation_id, auto_generate_name, inputs, workflow_id } = wanted
  if (workflow_id !== undefined && modeOf(call) === 'advanced-chat') await assertPublished(call, workflow_id)
  if (conversation_id !== undefined) {
    const { thread } = await engine.readThread(call, conversation_id) // or a file would be fetched for nothing
    if (thread.status && thread.status.type !== 'active') throw failure('conversation_completed', ENDED)
    const message = decodeMessage(query, idsOf(await takeFiles(files, call, wanted.files)))
    return engine.addUserMessage(asked, conversation_id, message, { whenBusy: 'enqueue' })
  }
  const { values, attachments } = await takeInputs(files, call, inputs)
  const all = [...attachments, ...(await takeFiles(files, call, wanted.files))]
  return engine.startThread(asked, decodeMessage(query, idsOf(all)), {
    inputs: values,
    title: auto_generate_name ? shortTitle(query) : undefined,
  })
}

/** Whoever asks for something that does not run, or that somebody else started, changes nothing. */
async function stopTask<Context>({ engine }: MessageParts<Context>, call: Call<Context>, taskId: string) {
  try {
    const { id, thread_id } = await engine.findRun(call, taskId)
    await engine.cancelRun(call, thread_id, { runId: id })
  } catch (thrown) {
    const isMissing = thrown instanceof ParleyError && ['run_not_found', 'thread_not_found'].includes(thrown.code)
    if (!isMissing) throw thrown
  }
}
