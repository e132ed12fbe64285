import { appFormSchema } from '@parley/protocol'
import type { GivenApiKey } from '../../packages/server/src/auth/api-keys.js'
import type { Caller, ParleyOptions, Runnable } from '../../packages/server/src/index.js'
import { staticCatalog } from '../../packages/server/src/index.js'
import { startParley } from '../browser/support/parley-server.js'
import { createTestApp } from '../browser/support/test-app.js'

/** A key for each app. */
export const KEYS = {
  chat: 'app-of-the-chat-for-tests',
  agent: 'app-of-the-agent-for-tests',
  writer: 'app-of-the-writer-for-tests',
  flow: 'app-of-the-workflow-for-tests',
  talk: 'app-of-the-chatflow-for-tests',
  approval: 'app-of-the-approval-for-tests',
  /** Of the whole workspace, which the guide calls an access token. */
  workspace: 'sk-of-the-workspace-for-tests',
}

const GIVEN: GivenApiKey[] = Object.entries(KEYS).map(([name, key]) => ({
  key,
  id: `key_${name}`,
  workspaceId: 'shop',
  scopes: ['chat'],
  ...(name !== 'workspace' && { appId: name }),
}))

/** A server of apps that say what they are asked, each with a key of its own. */
export async function startClickAiServer(changes: Partial<ParleyOptions> = {}) {
  const form = appFormSchema.parse([{ type: 'paragraph', variable: 'text', required: true }])
  const running = await startParley(createTestApp(), {
    apiKeys: GIVEN,
    catalog: staticCatalog<Caller>({
      chat: { ...answering(echo), inputs: appFormSchema.parse([{ type: 'text-input', variable: 'language' }]) },
      agent: { ...answering(lookUp), mode: 'agent-chat' },
      writer: { ...answering(write), mode: 'completion', inputs: form },
      talk: { ...answering(analyse), mode: 'advanced-chat' },
      approval: { run: askFirst, mode: 'workflow' },
      flow: {
        ...answering(analyse),
        mode: 'workflow',
        inputs: appFormSchema.parse([{ type: 'paragraph', variable: 'input_text', required: true }]),
      },
    }),
    ...changes,
  })
  return { ...running, base: `${running.url}/v1` }
}

type Run = Parameters<Runnable<Caller>['run']>[0]
type Say = (text: string) => ReturnType<typeof speak>

/** An app that says something of what it hears. `wait` holds its answer back for ever. */
const answering = (answer: (heard: string, say: Say) => ReturnType<Runnable<Caller>['run']>): Runnable<Caller> => ({
  async *run(run) {
    const { trigger, signal } = run
    const heard = trigger.type === 'user_message' ? trigger.item.content.map(({ text }) => text).join('') : ''
    const files = trigger.type === 'user_message' ? trigger.item.attachments.map(({ name }) => ` [${name}]`) : []
    yield* answer(heard + files.join(''), (text) => speak(run, text))
    if (heard === 'wait') await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    yield {
      type: 'run.usage',
      run_id: run.run.id,
      usage: { requests: 1, input_tokens: 7, output_tokens: 3, total_tokens: 10 },
    }
  },
})

async function* echo(heard: string, say: Say) {
  yield* say(`You said: ${heard}`)
}

async function* write(heard: string, say: Say) {
  yield* say(`Kính gửi Quý khách hàng. (${heard})`)
}

async function* analyse(heard: string, say: Say) {
  for (const [node_id, title] of [
    ['read', 'Read'],
    ['write', 'Write'],
  ] as const) {
    yield { type: 'node.started' as const, node_id, node_type: 'agent', title }
    if (node_id === 'write') yield* say(`Kết quả phân tích: ${heard}`)
    yield { type: 'node.finished' as const, node_id, status: 'completed' as const }
  }
}

/** Asks a person, and says what they decided. */
async function* askFirst(run: Run): ReturnType<Runnable<Caller>['run']> {
  const { trigger, thread, generateId } = run
  if (trigger.type === 'structured_input')
    yield* speak(run, trigger.item.inputs.flatMap(({ answer }) => answer?.values ?? []).join(': '))
  else
    yield {
      type: 'thread.item.done',
      item: {
        type: 'structured_input',
        id: generateId('task'),
        thread_id: thread.id,
        created_at: new Date().toISOString(),
        status: 'pending',
        inputs: [
          {
            id: 'go',
            type: 'multiple_choice',
            question: 'Send it?',
            options: [{ value: 'Send' }, { value: 'Keep' }],
            multiple: false,
          },
          { id: 'note', type: 'freeform', question: 'A word with it?' },
        ],
      },
    }
}

async function* lookUp(heard: string, say: Say) {
  yield* say('Let me look. ')
  const call = { call_id: 'call_1', name: 'search' }
  yield { type: 'tool.started' as const, ...call, arguments: { query: heard } }
  yield { type: 'tool.finished' as const, ...call, output: 'two years' }
  yield* say('Two years.')
}

/** Word by word. */
async function* speak({ thread, generateId }: Run, text: string) {
  const item = {
    type: 'assistant_message' as const,
    id: generateId('message'),
    thread_id: thread.id,
    created_at: new Date().toISOString(),
  }
  yield { type: 'thread.item.added' as const, item: { ...item, content: [] } }
  for (const delta of text.match(/\S+\s*/g) ?? [])
    yield {
      type: 'thread.item.updated' as const,
      item_id: item.id,
      update: { type: 'assistant_message.content_part.text_delta' as const, content_index: 0, delta },
    }
  const content = [{ type: 'output_text' as const, text, annotations: [] }]
  yield { type: 'thread.item.done' as const, item: { ...item, content } }
}
