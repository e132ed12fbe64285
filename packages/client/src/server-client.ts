import type {
  HostedList,
  HostedSession,
  HostedSessionParams,
  HostedWorkflow,
  HostedWorkflowParams,
} from '@parley/protocol'
import { jsonCalls, toQuery } from './json-calls.js'

/** Which part of a list; left out fields take the server's defaults. */
export interface ListOf {
  limit?: number
  order?: 'asc' | 'desc'
  after?: string
  before?: string
}

/** Which sessions. */
export interface SessionsOf extends ListOf {
  user?: string
  status?: HostedSession['status']
}

export interface ServerClientOptions {
  /** With `/v1` at its end, e.g. `https://chat.example.com/v1`. */
  baseURL: string
  /** An API key of the server. Never in a browser. */
  apiKey: string
  fetch?: typeof fetch
}

/**
 * What a server of yours asks with an API key. The `openai` package does most of it; this adds what that has no words
 * for: sessions by the short form `{ workflow_id }`, reading them again, and making the workflows they are of.
 *
 * @example
 * const client = createServerClient({ baseURL: 'http://localhost:8787/v1', apiKey: 'development' })
 * const workflow = await client.agent_builder.workflows.create({ name: 'Support', tools: ['web_search'] })
 * const session = await client.chatkit.sessions.create({ workflow_id: workflow.id })
 * const { status } = await client.chatkit.sessions.retrieve(session.id)
 *
 * @throws {ClientError} from every call when the answer is not a success.
 */
export function createServerClient(options: ServerClientOptions) {
  const { call } = jsonCalls(options)
  const path = '/chatkit/sessions'
  const workflows = '/agent_builder/workflows'
  return {
    chatkit: {
      sessions: {
        /** `{ workflow_id }` alone makes a session for somebody new. */
        create: (params: HostedSessionParams | { workflow_id: string; user?: string }) =>
          call<HostedSession>('POST', path, params),
        retrieve: (sessionId: string) => call<HostedSession>('GET', `${path}/${encodeURIComponent(sessionId)}`),
        list: (query: SessionsOf = {}) => call<HostedList<HostedSession>>('GET', path + toQuery(query)),
        cancel: (sessionId: string) => call<HostedSession>('POST', `${path}/${encodeURIComponent(sessionId)}/cancel`),
      },
    },
    agent_builder: {
      workflows: {
        /** An agent of the key's workspace; it takes a key with the scope `admin`. */
        create: (params: HostedWorkflowParams) => call<HostedWorkflow>('POST', workflows, params),
        retrieve: (workflowId: string) => call<HostedWorkflow>('GET', `${workflows}/${encodeURIComponent(workflowId)}`),
        list: (query: ListOf = {}) => call<HostedList<HostedWorkflow>>('GET', workflows + toQuery(query)),
        /** What is left out stays; `null` clears. A changed agent is a new version, which answers the next message. */
        update: (workflowId: string, changes: Partial<HostedWorkflowParams>) =>
          call<HostedWorkflow>('PATCH', `${workflows}/${encodeURIComponent(workflowId)}`, changes),
        delete: (workflowId: string) =>
          call<{ id: string; object: 'workflow.deleted'; deleted: true }>(
            'DELETE',
            `${workflows}/${encodeURIComponent(workflowId)}`,
          ),
      },
    },
  }
}

export type ServerClient = ReturnType<typeof createServerClient>
