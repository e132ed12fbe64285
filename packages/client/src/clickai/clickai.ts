import { toWire } from '../transport/to-wire.js'
import { type CallInit, createTransport, type TransportOptions } from '../transport/transport.js'
import { type Verbs, verbsOf } from '../transport/verbs.js'
import { withKey } from '../transport/with-key.js'
import { audioOf } from './audio.js'
import { conversationsOf } from './conversations.js'
import { filesOf } from './files.js'
import { historyOf } from './history.js'
import { type ChatParams, type MessageParams, messagesAt } from './messages.js'
import type { AppInfo, AppParameters, AppSite, AssistantMode, AssistantPage } from './types.js'
import { workflowsOf } from './workflows.js'

export interface ClickAIOptions extends Omit<TransportOptions, 'baseURL'> {
  /** The secret of one app. Never in a browser. */
  apiKey: string
  /** With `/v1` at its end; default `http://localhost:8787/v1`. */
  baseURL?: string | undefined
  /** Where `assistants` are listed; default: `baseURL` without its `/v1`. */
  consoleBaseURL?: string | undefined
  /** What `assistants` takes, which is no app's secret; default: `apiKey`. */
  accessToken?: string | undefined
  /** Another name of `timeoutMs`. */
  timeout?: number | undefined
}

/**
 * One app of a server that speaks the ClickAI REST API.
 *
 * @example
 * const client = new ClickAI({ apiKey: process.env.APP_KEY ?? '', baseURL: 'http://localhost:8787/v1' })
 * const { answer, conversationId } = await client.chat.create({ query: 'Hello', user: 'user-001' })
 * const stream = await client.chat.create({ query: 'And now?', user: 'user-001', conversationId, stream: true })
 * for await (const chunk of stream) process.stdout.write(chunk.answer)
 *
 * @throws {ClientError} from every call when the answer is not a success, and from a stream for its `error` event.
 */
export class ClickAI {
  /** Conversations with a chatbot or an agent. */
  readonly chat
  /** Text generation: one question, one text. */
  readonly completion
  readonly workflows
  readonly files
  readonly messages
  readonly conversations
  readonly audio
  /** What the app is and what it expects. */
  readonly app
  /** The apps of a workspace. */
  readonly assistants

  constructor({
    baseURL = 'http://localhost:8787/v1',
    consoleBaseURL,
    accessToken,
    timeout,
    timeoutMs = timeout,
    silenceMs = 90_000,
    ...given
  }: ClickAIOptions) {
    const options = { ...given, timeoutMs, silenceMs }
    const transport = createTransport(withKey({ ...options, baseURL }))
    const verbs = verbsOf(transport)
    this.chat = messagesAt<ChatParams>(transport, '/chat-messages')
    this.completion = messagesAt<MessageParams & { query?: string }>(transport, '/completion-messages')
    this.workflows = workflowsOf(verbs, transport)
    this.files = filesOf(verbs, transport)
    this.messages = historyOf(verbs)
    this.conversations = conversationsOf(verbs)
    this.audio = audioOf(verbs, transport)
    this.app = appOf(verbs)
    const console = consoleBaseURL ?? baseURL.replace(/\/v1\/*$/, '')
    const login = { ...options, ...(accessToken !== undefined && { apiKey: accessToken }), baseURL: console }
    this.assistants = assistantsOf(verbsOf(createTransport(withKey(login))))
  }
}

const appOf = ({ get }: Verbs) => ({
  info: (init?: CallInit) => get<AppInfo>('/info', undefined, init),
  parameters: (init?: CallInit) => get<AppParameters>('/parameters', undefined, init),
  meta: (init?: CallInit) => get<{ tool_icons: Record<string, unknown> }>('/meta', undefined, init),
  site: (init?: CallInit) => get<AppSite>('/site', undefined, init),
})

export interface AssistantsOf extends CallInit {
  page?: number | undefined
  pageSize?: number | undefined
  mode?: AssistantMode | undefined
  workspaceId?: string | undefined
}

const assistantsOf = ({ get }: Verbs) => ({
  list: ({ signal, headers, ...query }: AssistantsOf = {}) =>
    get<AssistantPage>('/assistant/api/assistant/my-assistants', toWire(query), { signal, headers }),
})
