import { createTransport, type TransportOptions } from '../transport/transport.js'
import { verbsOf } from '../transport/verbs.js'
import { getApiKey } from './api-key.js'
import { assistantsOf } from './assistants.js'
import { chatkitOf } from './chatkit.js'
import { contextsOf } from './contexts.js'
import { conversationsOf } from './conversations.js'
import { cronsOf } from './crons.js'
import { knowledgesOf } from './knowledges.js'
import { runsOf } from './runs.js'
import { sandboxOf } from './sandbox.js'
import { storeOf } from './store.js'
import { threadsOf } from './threads.js'
import type { DefaultValues } from './types.js'

/** What every request is shown before it goes out; what it returns is sent. */
export type RequestHook = NonNullable<TransportOptions['onRequest']>

export interface ClientConfig extends Omit<TransportOptions, 'baseURL' | 'headers'> {
  /** With `/api/ai` at its end, e.g. `https://chat.example.com/api/ai`; default `http://localhost:8787/api/ai`. */
  apiUrl?: string | undefined
  /**
   * Sent as `x-api-key`; a browser gets a client secret instead. Left out, it is what `getApiKey` finds in the
   * environment; `null`: none is sent.
   */
  apiKey?: string | null | undefined
  /** On every request, e.g. `x-principal-user-id`: the person on whose behalf you ask. Those without a value are not. */
  defaultHeaders?: Record<string, string | null | undefined> | undefined
  /** Where Xpert's own client has some of the options; those that stand beside it win. */
  callerOptions?: Pick<TransportOptions, 'maxRetries' | 'maxConcurrency' | 'fetch'> | undefined
}

/**
 * Assistants, threads and runs of a server that speaks the Xpert AI API and the LangGraph protocol. Names and arguments
 * are those of Xpert's and LangGraph's own clients; answers are what is on the wire.
 *
 * @example
 * const client = new Client({ apiUrl: 'http://localhost:8787/api/ai', apiKey: process.env.PARLEY_API_KEY })
 * const { thread_id } = await client.threads.create()
 * for await (const event of client.runs.stream(thread_id, 'demo', { input: { input: 'Hello' } }))
 *   process.stdout.write(textOfRunEvent(event))
 *
 * @throws {ClientError} from every call, and from a stream's first `next()`, when the answer is not a success.
 */
export class Client<StateType = DefaultValues, UpdateType = StateType, CustomType = unknown> {
  readonly assistants
  readonly threads
  readonly runs
  readonly crons
  readonly store
  readonly contexts
  readonly knowledges
  readonly conversations
  readonly chatkit
  readonly sandbox

  constructor({
    apiUrl = 'http://localhost:8787/api/ai',
    apiKey,
    defaultHeaders,
    callerOptions,
    ...given
  }: ClientConfig = {}) {
    const key = apiKey === null ? undefined : getApiKey(apiKey)
    const headers = withoutNothing({ 'x-api-key': key, ...defaultHeaders })
    const options = { silenceMs: 90_000, ...callerOptions, ...withoutNothing(given), headers }
    const transport = createTransport({ ...options, baseURL: apiUrl })
    const verbs = verbsOf(transport)
    this.assistants = assistantsOf(verbs)
    this.threads = threadsOf<StateType, UpdateType>(verbs, transport)
    this.runs = runsOf<StateType, UpdateType, CustomType>(verbs, transport)
    this.crons = cronsOf(verbs)
    this.store = storeOf(verbs)
    this.contexts = contextsOf(verbs)
    this.knowledges = knowledgesOf(verbs)
    this.conversations = conversationsOf(verbs)
    this.chatkit = chatkitOf(verbs)
    const sandboxURL = apiUrl.replace(/\/+$/, '').replace(/\/api\/ai$/, '/api/sandbox')
    this.sandbox = sandboxOf(verbsOf(createTransport({ ...options, baseURL: sandboxURL })), sandboxURL)
  }
}

const withoutNothing = <Given extends object>(given: Given) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value != null)) as {
    [Name in keyof Given]: NonNullable<Given[Name]> // what is left of them
  }
