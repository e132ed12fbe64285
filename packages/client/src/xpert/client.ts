import { createTransport, type TransportOptions } from '../transport/transport.js'
import { verbsOf } from '../transport/verbs.js'
import { assistantsOf } from './assistants.js'
import { chatkitOf } from './chatkit.js'
import { contextsOf } from './contexts.js'
import { conversationsOf } from './conversations.js'
import { cronsOf } from './crons.js'
import { knowledgesOf } from './knowledges.js'
import { runsOf } from './runs.js'
import { storeOf } from './store.js'
import { threadsOf } from './threads.js'

export interface ClientConfig extends Omit<TransportOptions, 'baseURL' | 'headers'> {
  /** With `/api/ai` at its end, e.g. `https://chat.example.com/api/ai`. */
  apiUrl: string
  /** Sent as `x-api-key`. A browser gets a client secret instead. */
  apiKey?: string
  /** On every request, e.g. `x-principal-user-id`: the person on whose behalf you ask. */
  defaultHeaders?: Record<string, string>
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
export class Client {
  readonly assistants
  readonly threads
  readonly runs
  readonly crons
  readonly store
  readonly contexts
  readonly knowledges
  readonly conversations
  readonly chatkit

  constructor({ apiUrl, apiKey, defaultHeaders, ...options }: ClientConfig) {
    const headers = { ...(apiKey !== undefined && { 'x-api-key': apiKey }), ...defaultHeaders }
    const transport = createTransport({ ...options, baseURL: apiUrl, headers })
    const verbs = verbsOf(transport)
    this.assistants = assistantsOf(verbs)
    this.threads = threadsOf(verbs, transport)
    this.runs = runsOf(verbs, transport)
    this.crons = cronsOf(verbs)
    this.store = storeOf(verbs)
    this.contexts = contextsOf(verbs)
    this.knowledges = knowledgesOf(verbs)
    this.conversations = conversationsOf(verbs)
    this.chatkit = chatkitOf(verbs)
  }
}
