import { type Attachment, ParleyError } from '@parley/protocol'
import type { Call, Engine } from '../../../engine/engine.js'
import { readRunsOf, readTurns, type Turn } from '../../../engine/turns.js'
import type { AppFiles } from '../../../uploads/app-files.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { inputsOf } from '../conversations/encode.js'
import { optionalUserOf, queryOf } from '../decode.js'
import { type AppCalls, assertChat, isGraph, modeOf } from '../decode-call.js'
import { notFound } from '../errors.js'
import { listOf } from '../schema.js'
import { encodeMessage, type FileFacts, messageIdOf } from './encode-history.js'
import { messageQuerySchema, messageSchema } from './schema.js'

export interface HistoryParts<Context> extends AppCalls<Context> {
  engine: Engine<Context>
  /** Absent: this server keeps no files. */
  files?: AppFiles<Context> | undefined
}

/** What was said. Source: the ClickAI contract, section 13.2. */
export function historyRoutes<Context>({ engine, appOf, callOf, files }: HistoryParts<Context>): Route[] {
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
        const known = files ? await factsOfFiles(files, call, turns) : new Map<string, never>()
        const idOf = (turn: Turn) => messageIdOf(turn, runs.get(turn.question.id))
        const data = turns.map((turn, index) => {
          const parent = turns[index + 1] ?? before[0]
          return encodeMessage(turn, {
            run: runs.get(turn.question.id),
            isAgent: modeOf(call) === 'agent-chat',
            isGraph: isGraph(modeOf(call)),
            feedback,
            inputs: inputsOf(thread, form),
            parentId: parent ? idOf(parent) : null,
            fileFacts: (file) => known.get(file.id) ?? shownAt(file),
          })
        })
        return Response.json({ limit, has_more: before.length > 0, data: data.reverse() })
      },
    },
  ]
}

/** A file that somebody else keeps, or that has been removed since it was sent. */
const shownAt = (file: Attachment): FileFacts => ({ url: file.type === 'image' ? file.preview_url : '', size: null })

/** The files of these turns, by their ids. */
async function factsOfFiles<Context>(files: AppFiles<Context>, call: Call<Context>, turns: readonly Turn[]) {
  const ids = turns.flatMap(({ question }) => question.attachments.map(({ id }) => id))
  return new Map(await Promise.all(ids.map(async (id) => [id, await factsOf(files, call, id)] as const)))
}

async function factsOf<Context>(
  files: AppFiles<Context>,
  { context }: Call<Context>,
  fileId: string,
): Promise<FileFacts | undefined> {
  try {
    const { metadata } = await files.load(fileId, context)
    return {
      url: await files.addressOf(fileId, context),
      size: typeof metadata?.size === 'number' ? metadata.size : null,
    }
  } catch (thrown) {
    if (thrown instanceof ParleyError && thrown.code === 'attachment_not_found') return undefined
    throw thrown
  }
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
