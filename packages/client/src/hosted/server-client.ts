import type {
  HostedList,
  HostedSession,
  HostedSessionParams,
  HostedWorkflow,
  HostedWorkflowParams,
} from '@parley/protocol'
import { createTransport, type TransportOptions } from '../transport/transport.js'
import { at, verbsOf } from '../transport/verbs.js'
import { withKey } from '../transport/with-key.js'

/** Which part of a list; left out fields take the server's defaults. */
export interface ListOf {
  limit?: number | undefined
  order?: 'asc' | 'desc' | undefined
  after?: string | undefined
  before?: string | undefined
}

/** Which sessions. */
export interface SessionsOf extends ListOf {
  user?: string | undefined
  status?: HostedSession['status'] | undefined
}

export interface ServerClientOptions extends TransportOptions {
  /** With `/v1` at its end, e.g. `https://chat.example.com/v1`. */
  baseURL: string
  /** An API key of the server. Never in a browser. */
  apiKey: string
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
  const { get, post, patch, delete: remove } = verbsOf(createTransport(withKey(options)))
  const path = '/chatkit/sessions'
  const workflows = '/agent_builder/workflows'
  return {
    chatkit: {
      sessions: {
        /** `{ workflow_id }` alone makes a session for somebody new. */
        create: (params: HostedSessionParams | { workflow_id: string; user?: string }) =>
          post<HostedSession>(path, params),
        retrieve: (sessionId: string) => get<HostedSession>(at(path, sessionId)),
        list: (query: SessionsOf = {}) => get<HostedList<HostedSession>>(path, query),
        cancel: (sessionId: string) => post<HostedSession>(`${at(path, sessionId)}/cancel`),
      },
    },
    agent_builder: {
      workflows: {
        /** An agent of the key's workspace; it takes a key with the scope `admin`. */
        create: (params: HostedWorkflowParams) => post<HostedWorkflow>(workflows, params),
        retrieve: (workflowId: string) => get<HostedWorkflow>(at(workflows, workflowId)),
        list: (query: ListOf = {}) => get<HostedList<HostedWorkflow>>(workflows, query),
        /** What is left out stays; `null` clears. A changed agent is a new version, which answers the next message. */
        update: (workflowId: string, changes: Partial<HostedWorkflowParams>) =>
          patch<HostedWorkflow>(at(workflows, workflowId), changes),
        delete: (workflowId: string) =>
          remove<{ id: string; object: 'workflow.deleted'; deleted: true }>(at(workflows, workflowId)),
      },
    },
  }
}

export type ServerClient = ReturnType<typeof createServerClient>
