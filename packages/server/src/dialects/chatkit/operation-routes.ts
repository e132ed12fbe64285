import { matchType, omitNulls } from '@parley/protocol'
import type { Call, Engine, RunStream, StartOptions } from '../../engine/engine.js'
import type { RequestCost } from '../../http/rate-limits/rules.js'
import { decodeBase64, type EndpointRequest } from './decode.js'
import {
  encodeAttachment,
  encodeItem,
  encodeItems,
  encodeMatches,
  encodeThread,
  encodeThreads,
  type Reader,
} from './encode.js'

/** What answers a request: a run to stream, or one JSON value. */
export type Answer = { stream: RunStream } | { json: unknown }

/** Who asks, and how. */
export interface Asking<Context> {
  engine: Engine<Context>
  call: Call<Context>
  reader: Reader
  start?: StartOptions
}

/**
 * Carries out one request: the type in its body is its route. Rejects before anything is written when the request does
 * not fit what is stored.
 */
export async function answerRequest<Context>(request: EndpointRequest, asking: Asking<Context>): Promise<Answer> {
  const { engine, call, reader, start } = asking
  return matchType<EndpointRequest, Promise<Answer>>(request, {
    'threads.create': ({ params }) => stream(engine.startThread(call, params.input, { ...start, state: params.state })),
    'threads.add_user_message': async ({ params: { thread_id, input, state } }) => {
      if (state) await engine.noteOnThread(call, thread_id, { state })
      return stream(engine.addUserMessage(call, thread_id, input, start))
    },
    'threads.add_client_tool_output': ({ params }) =>
      stream(engine.addClientToolOutput(call, params.thread_id, params.result, start)),
    'threads.add_structured_input': ({ params }) =>
      stream(engine.addStructuredInput(call, params.thread_id, { itemId: params.item_id, input: params.input }, start)),
    'threads.retry_after_item': ({ params }) =>
      stream(engine.retryAfterItem(call, params.thread_id, params.item_id, start)),
    'threads.custom_action': ({ params: { thread_id, item_id, action } }) =>
      stream(engine.customAction(call, thread_id, { itemId: item_id, action }, start)),
    'runs.resume': ({ params: { thread_id, run_id, after } }) =>
      stream(engine.resumeRun(call, thread_id, { runId: run_id, after })),

    'threads.sync_custom_action': async ({ params: { thread_id, item_id, action } }) => {
      const { updated_item } = await engine.syncCustomAction(call, thread_id, { itemId: item_id, action })
      return json(updated_item ? { updated_item: encodeItem(updated_item) } : {})
    },
    'threads.get_by_id': async ({ params }) => {
      const { thread, run } = await engine.getThread(call, params.thread_id)
      return json(reader === 'parley' ? { ...encodeThread(thread), run } : encodeThread(thread))
    },
    'threads.list': async ({ params }) => json(encodeThreads(await engine.listThreads(call, params))),
    'threads.search': async ({ params }) => json(encodeMatches(await engine.searchThreads(call, params))),
    'threads.update': async ({ params: { thread_id, title } }) =>
      json(encodeThread(await engine.updateThread(call, thread_id, { title }))),
    'threads.delete': ({ params }) => nothing(engine.deleteThread(call, params.thread_id)),
    'items.list': async ({ params: { thread_id, ...page } }) =>
      json(encodeItems(await engine.listItems(call, thread_id, page))),
    'items.feedback': ({ params: { thread_id, item_ids, kind } }) =>
      nothing(engine.addFeedback(call, { threadId: thread_id, itemIds: item_ids, kind })),
    'attachments.create': async ({ params }) => json(encodeAttachment(await engine.createAttachment(call, params))),
    'attachments.delete': ({ params }) => nothing(engine.deleteAttachment(call, params.attachment_id)),
    'input.transcribe': async ({ params: { audio_base64, mime_type } }) => {
      const data = decodeBase64(audio_base64, 'params.audio_base64')
      return json(await engine.transcribe(call, { data, mimeType: mime_type }))
    },
    'images.read': async ({ params }) => json(await engine.readImage(call, params.thread_id, params.url)),
    'runs.cancel': async ({ params }) => json(await engine.cancelRun(call, params.thread_id)),
  })
}

const stream = async (started: Promise<RunStream>): Promise<Answer> => ({ stream: await started })

const json = (value: unknown): Answer => ({ json: omitNulls(value) })

async function nothing(done: Promise<void>): Promise<Answer> {
  await done
  return json({})
}

const work = (): RequestCost => 'work'
const read = (): RequestCost => 'read'
const follow = (): RequestCost => 'follow'

/** What each request asks of the server. Stopping an answer is never refused for a limit on work. */
export const costOf = (request: EndpointRequest): RequestCost =>
  matchType<EndpointRequest, RequestCost>(request, {
    'threads.create': work,
    'threads.add_user_message': work,
    'threads.add_client_tool_output': work,
    'threads.add_structured_input': work,
    'threads.retry_after_item': work,
    'threads.custom_action': work,
    'threads.sync_custom_action': work,
    'attachments.create': work,
    'input.transcribe': work,
    'threads.get_by_id': read,
    'threads.list': read,
    'threads.search': read,
    'threads.update': read,
    'threads.delete': read,
    'items.list': read,
    'items.feedback': read,
    'attachments.delete': read,
    'images.read': read,
    'runs.resume': follow,
    'runs.cancel': follow,
  })
