import type { Page } from '@parley/protocol'
import type {
  AdminApp,
  AdminDocument,
  AdminHits,
  AdminInvite,
  AdminKey,
  AdminKnowledge,
  AdminLink,
  AdminMcpConnect,
  AdminMcpServer,
  AdminMcpTest,
  AdminNewKey,
  AdminNewSession,
  AdminPerson,
  AdminProvider,
  AdminSecret,
  AdminServer,
  AdminSession,
  AdminTrace,
  AdminTraceDetail,
  AdminUser,
  AdminUserDeleted,
  AdminUserDetail,
  AdminWorkspace,
  ChangePasswordBody,
  CreateAppBody,
  CreateDocumentBody,
  CreateKeyBody,
  CreateKnowledgeBody,
  CreateMcpServerBody,
  CreateProviderBody,
  CreateSecretBody,
  CreateSessionBody,
  FinishMcpConnectBody,
  RotateKeyBody,
  SignInBody,
  UpdateAppBody,
  UpdateKeyBody,
  UpdateKnowledgeBody,
  UpdateMcpServerBody,
  UpdateProviderBody,
  UpdateSecretBody,
  UpdateWorkspaceBody,
  UploadDocumentQuery,
  UseLinkBody,
  UserExportLine,
} from '@parley/protocol/admin'
import type { PageOf } from '../transport/page-of.js'
import { readLines } from '../transport/read-lines.js'
import { createTransport, type TransportOptions } from '../transport/transport.js'
import { at, verbsOf } from '../transport/verbs.js'
import { withKey } from '../transport/with-key.js'

export interface AdminClientOptions extends TransportOptions {
  /** Where the server is, e.g. `https://chat.example.com`. */
  baseURL: string
  /** An API key of the scope `admin`; never in a browser. Absent: the cookie of somebody who has signed in there. */
  apiKey?: string
}

/** Which users; left out fields take the server's defaults. */
export interface UsersOf extends PageOf {
  /** A part of the id. */
  search?: string
}

/** Which sessions; left out fields take the server's defaults. */
export interface AdminSessionsOf extends PageOf {
  user?: string
  app?: string
  status?: AdminSession['status']
}

/** Which runs; left out fields take the server's defaults. Times are ISO 8601, UTC. */
export interface AdminTracesOf extends PageOf {
  app?: string
  user?: string
  thread?: string
  status?: AdminTrace['status']
  since?: string
  until?: string
}

/**
 * Typed calls to the admin API: whatever sets a workspace up. `list` reads one page, `all` goes through the whole list.
 *
 * @example
 * const admin = createAdminClient({ baseURL: 'http://localhost:8787', apiKey: process.env.PARLEY_API_KEY })
 * const { secret } = await admin.keys.create({ name: 'Website', scopes: ['chat'] })
 * for await (const { id, threads } of admin.users.all()) console.log(id, threads)
 *
 * @throws {ClientError} from every call when the answer is not a success.
 */
export function createAdminClient(options: AdminClientOptions) {
  const transport = createTransport(
    withKey({ ...options, baseURL: `${options.baseURL.replace(/\/+$/, '')}/api/admin/v1` }),
  )
  const { get, post, patch, delete: remove } = verbsOf(transport)

  const lists = <Entry, Query extends PageOf>(path: string) => {
    const list = (query?: Query) => get<Page<Entry>>(path, query)
    return {
      list,
      async *all(query?: Query): AsyncGenerator<Entry, void, undefined> {
        let after = query?.after
        do {
          const page = await get<Page<Entry>>(path, { limit: 100, ...query, after })
          yield* page.data
          after = page.has_more ? page.after : undefined
        } while (after !== undefined)
      },
    }
  }

  return {
    apps: {
      ...lists<AdminApp, PageOf>('/apps'),
      /** An agent without code, which answers at once. */
      create: (app: CreateAppBody) => post<AdminApp>('/apps', app),
      /** By its id or another name of it. */
      get: (appId: string) => get<AdminApp>(at('/apps', appId)),
      update: (appId: string, change: UpdateAppBody) => patch<AdminApp>(at('/apps', appId), change),
      delete: (appId: string) => remove<void>(at('/apps', appId)),
    },
    keys: {
      ...lists<AdminKey, PageOf>('/keys'),
      /** The answer holds the secret, this once. */
      create: (key: CreateKeyBody) => post<AdminNewKey>('/keys', key),
      get: (keyId: string) => get<AdminKey>(at('/keys', keyId)),
      /** Its name, or the language of its event streams; the secret goes on working. */
      update: (keyId: string, change: UpdateKeyBody) => patch<AdminKey>(at('/keys', keyId), change),
      /** A new secret; the old one goes on working for `overlap_seconds`. */
      rotate: (keyId: string, options: RotateKeyBody = {}) =>
        post<AdminNewKey>(`${at('/keys', keyId)}/rotate`, options),
      revoke: (keyId: string) => remove<void>(at('/keys', keyId)),
    },
    providers: {
      ...lists<AdminProvider, PageOf>('/providers'),
      /** A model host; its key is stored encrypted and never shown again. */
      create: (provider: CreateProviderBody) => post<AdminProvider>('/providers', provider),
      get: (providerId: string) => get<AdminProvider>(at('/providers', providerId)),
      update: (providerId: string, change: UpdateProviderBody) =>
        patch<AdminProvider>(at('/providers', providerId), change),
      delete: (providerId: string) => remove<void>(at('/providers', providerId)),
    },
    mcpServers: {
      ...lists<AdminMcpServer, PageOf>('/mcp_servers'),
      create: (server: CreateMcpServerBody) => post<AdminMcpServer>('/mcp_servers', server),
      get: (serverId: string) => get<AdminMcpServer>(at('/mcp_servers', serverId)),
      update: (serverId: string, change: UpdateMcpServerBody) =>
        patch<AdminMcpServer>(at('/mcp_servers', serverId), change),
      /** What it offers now, or why it cannot be reached. */
      test: (serverId: string) => post<AdminMcpTest>(`${at('/mcp_servers', serverId)}/test`),
      /** Where a person has to go to sign in there for the workspace. */
      connect: (serverId: string) => post<AdminMcpConnect>(`${at('/mcp_servers', serverId)}/connect`),
      /** With what they bring back. */
      finishConnect: (back: FinishMcpConnectBody) => post<AdminMcpServer>('/mcp_connects', back),
      disconnect: (serverId: string) => post<AdminMcpServer>(`${at('/mcp_servers', serverId)}/disconnect`),
      delete: (serverId: string) => remove<void>(at('/mcp_servers', serverId)),
    },
    secrets: {
      ...lists<AdminSecret, PageOf>('/secrets'),
      /** For HTTP tools and MCP servers; stored encrypted, sent to its host alone, and never shown again. */
      create: (secret: CreateSecretBody) => post<AdminSecret>('/secrets', secret),
      get: (name: string) => get<AdminSecret>(at('/secrets', name)),
      update: (name: string, change: UpdateSecretBody) => patch<AdminSecret>(at('/secrets', name), change),
      delete: (name: string) => remove<void>(at('/secrets', name)),
    },
    users: {
      ...lists<AdminUser, UsersOf>('/users'),
      get: (userId: string) => get<AdminUserDetail>(at('/users', userId)),
      /** Everything that is kept of them, line by line; whole when the last line is `end`. */
      async *export(userId: string): AsyncGenerator<UserExportLine, void, undefined> {
        const { body } = await transport.send({ method: 'GET', path: `${at('/users', userId)}/export` })
        if (body) for await (const line of readLines(body)) yield JSON.parse(line) as UserExportLine // its own schema made it
      },
      /** Everything of them, for good. */
      delete: (userId: string) => remove<AdminUserDeleted>(at('/users', userId)),
    },
    sessions: {
      ...lists<AdminSession, AdminSessionsOf>('/sessions'),
      /** To try an app with; the answer holds the chat's secret, this once. */
      create: (session: CreateSessionBody) => post<AdminNewSession>('/sessions', session),
      get: (sessionId: string) => get<AdminSession>(at('/sessions', sessionId)),
      cancel: (sessionId: string) => post<AdminSession>(`${at('/sessions', sessionId)}/cancel`),
    },
    traces: {
      ...lists<AdminTrace, AdminTracesOf>('/traces'),
      /** A run with the tree of its parts. */
      get: (runId: string) => get<AdminTraceDetail>(at('/traces', runId)),
    },
    knowledge: {
      ...lists<AdminKnowledge, PageOf>('/knowledge'),
      create: (base: CreateKnowledgeBody) => post<AdminKnowledge>('/knowledge', base),
      get: (baseId: string) => get<AdminKnowledge>(at('/knowledge', baseId)),
      update: (baseId: string, change: UpdateKnowledgeBody) => patch<AdminKnowledge>(at('/knowledge', baseId), change),
      /** With its documents. */
      delete: (baseId: string) => remove<void>(at('/knowledge', baseId)),
      /** As an agent searches it. */
      search: async (baseId: string, query: string, limit?: number) =>
        (await get<AdminHits>(`${at('/knowledge', baseId)}/search`, { query, limit })).data,
      /** Makes it findable by meaning again, for another embedding model. */
      reindex: (baseId: string) => post<void>(`${at('/knowledge', baseId)}/reindex`),
      /** The documents of one base; each says how far it is. */
      documents: (baseId: string) => {
        const documents = `${at('/knowledge', baseId)}/documents`
        return {
          ...lists<AdminDocument, PageOf>(documents),
          /** A text. */
          create: (document: CreateDocumentBody) => post<AdminDocument>(documents, document),
          /** A file; the ending of its name says what it is. */
          upload: (file: Uint8Array<ArrayBuffer> | Blob, about: UploadDocumentQuery) =>
            post<AdminDocument>(`${at('/knowledge', baseId)}/files`, file, { query: about }),
          get: (documentId: string) => get<AdminDocument>(at(documents, documentId)),
          reindex: (documentId: string) => post<void>(`${at(documents, documentId)}/reindex`),
          delete: (documentId: string) => remove<void>(at(documents, documentId)),
        }
      },
    },
    server: {
      /** What it has done since it started. For the workspace it belongs to. */
      get: () => get<AdminServer>('/server'),
    },
    workspace: {
      get: () => get<AdminWorkspace>('/workspace'),
      update: (change: UpdateWorkspaceBody) => patch<AdminWorkspace>('/workspace', change),
    },
    /** Signing in, for pages of the server itself: the answer is a cookie of the browser. */
    login: {
      /** Who is signed in. Fails with 401 when nobody is. */
      current: () => get<AdminPerson>('/login'),
      signIn: (credentials: SignInBody) => post<AdminPerson>('/login', credentials),
      signOut: () => remove<void>('/login'),
      /** Signs the person out everywhere else. */
      changePassword: (passwords: ChangePasswordBody) => post<AdminPerson>('/login/password', passwords),
      /** What a one-time link is good for. Fails with 404 when it was used or is too old. */
      checkLink: (token: string) => post<AdminLink>('/login/link', { token }),
      /** Makes the account of a one-time link and signs in. */
      createAccount: (account: UseLinkBody) => post<AdminPerson>('/login/account', account),
    },
    /** Who may sign in; for pages of the server itself. */
    people: {
      list: async () => (await get<{ data: AdminPerson[] }>('/people')).data,
      remove: (personId: string) => remove<void>(at('/people', personId)),
      /** A one-time link for somebody new. */
      invite: (role: AdminPerson['role']) => post<AdminInvite>('/people/invites', { role }),
    },
  }
}

export type AdminClient = ReturnType<typeof createAdminClient>
