import type { Page } from '@parley/protocol'
import type {
  AdminApp,
  AdminDocument,
  AdminHits,
  AdminInvite,
  AdminKey,
  AdminKnowledge,
  AdminLink,
  AdminNewKey,
  AdminNewSession,
  AdminPerson,
  AdminProvider,
  AdminServer,
  AdminSession,
  AdminUser,
  AdminUserDeleted,
  AdminUserDetail,
  AdminWorkspace,
  ChangePasswordBody,
  CreateAppBody,
  CreateDocumentBody,
  CreateKeyBody,
  CreateKnowledgeBody,
  CreateProviderBody,
  CreateSessionBody,
  RotateKeyBody,
  SignInBody,
  UpdateAppBody,
  UpdateKnowledgeBody,
  UpdateProviderBody,
  UpdateWorkspaceBody,
  UploadDocumentQuery,
  UseLinkBody,
  UserExportLine,
} from '@parley/protocol/admin'
import type { PageOf } from './client.js'
import { jsonCalls, toQuery } from './json-calls.js'

export interface AdminClientOptions {
  /** Where the server is, e.g. `https://chat.example.com`. */
  baseURL: string
  /** An API key of the scope `admin`; never in a browser. Absent: the cookie of somebody who has signed in there. */
  apiKey?: string
  fetch?: typeof fetch
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
  const { call, lines } = jsonCalls({ ...options, baseURL: `${options.baseURL.replace(/\/$/, '')}/api/admin/v1` })

  const lists = <Entry, Query extends PageOf>(path: string) => {
    const list = (query?: Query) => call<Page<Entry>>('GET', path + toQuery(query ?? {}))
    return {
      list,
      async *all(query?: Query): AsyncGenerator<Entry, void, undefined> {
        let after = query?.after
        do {
          const page = await call<Page<Entry>>('GET', path + toQuery({ limit: 100, ...query, after }))
          yield* page.data
          after = page.has_more ? page.after : undefined
        } while (after !== undefined)
      },
    }
  }
  const at = (path: string, id: string) => `${path}/${encodeURIComponent(id)}`

  return {
    apps: {
      ...lists<AdminApp, PageOf>('/apps'),
      /** An agent without code, which answers at once. */
      create: (app: CreateAppBody) => call<AdminApp>('POST', '/apps', app),
      /** By its id or another name of it. */
      get: (appId: string) => call<AdminApp>('GET', at('/apps', appId)),
      update: (appId: string, change: UpdateAppBody) => call<AdminApp>('PATCH', at('/apps', appId), change),
      delete: (appId: string) => call<void>('DELETE', at('/apps', appId)),
    },
    keys: {
      ...lists<AdminKey, PageOf>('/keys'),
      /** The answer holds the secret, this once. */
      create: (key: CreateKeyBody) => call<AdminNewKey>('POST', '/keys', key),
      get: (keyId: string) => call<AdminKey>('GET', at('/keys', keyId)),
      /** A new secret; the old one goes on working for `overlap_seconds`. */
      rotate: (keyId: string, options: RotateKeyBody = {}) =>
        call<AdminNewKey>('POST', `${at('/keys', keyId)}/rotate`, options),
      revoke: (keyId: string) => call<void>('DELETE', at('/keys', keyId)),
    },
    providers: {
      ...lists<AdminProvider, PageOf>('/providers'),
      /** A model host; its key is stored encrypted and never shown again. */
      create: (provider: CreateProviderBody) => call<AdminProvider>('POST', '/providers', provider),
      get: (providerId: string) => call<AdminProvider>('GET', at('/providers', providerId)),
      update: (providerId: string, change: UpdateProviderBody) =>
        call<AdminProvider>('PATCH', at('/providers', providerId), change),
      delete: (providerId: string) => call<void>('DELETE', at('/providers', providerId)),
    },
    users: {
      ...lists<AdminUser, UsersOf>('/users'),
      get: (userId: string) => call<AdminUserDetail>('GET', at('/users', userId)),
      /** Everything that is kept of them, line by line; whole when the last line is `end`. */
      export: (userId: string) => lines<UserExportLine>(`${at('/users', userId)}/export`),
      /** Everything of them, for good. */
      delete: (userId: string) => call<AdminUserDeleted>('DELETE', at('/users', userId)),
    },
    sessions: {
      ...lists<AdminSession, AdminSessionsOf>('/sessions'),
      /** To try an app with; the answer holds the chat's secret, this once. */
      create: (session: CreateSessionBody) => call<AdminNewSession>('POST', '/sessions', session),
      get: (sessionId: string) => call<AdminSession>('GET', at('/sessions', sessionId)),
      cancel: (sessionId: string) => call<AdminSession>('POST', `${at('/sessions', sessionId)}/cancel`),
    },
    knowledge: {
      ...lists<AdminKnowledge, PageOf>('/knowledge'),
      create: (base: CreateKnowledgeBody) => call<AdminKnowledge>('POST', '/knowledge', base),
      get: (baseId: string) => call<AdminKnowledge>('GET', at('/knowledge', baseId)),
      update: (baseId: string, change: UpdateKnowledgeBody) =>
        call<AdminKnowledge>('PATCH', at('/knowledge', baseId), change),
      /** With its documents. */
      delete: (baseId: string) => call<void>('DELETE', at('/knowledge', baseId)),
      /** As an agent searches it. */
      search: async (baseId: string, query: string, limit?: number) =>
        (await call<AdminHits>('GET', `${at('/knowledge', baseId)}/search${toQuery({ query, limit })}`)).data,
      /** Makes it findable by meaning again, for another embedding model. */
      reindex: (baseId: string) => call<void>('POST', `${at('/knowledge', baseId)}/reindex`),
      /** The documents of one base; each says how far it is. */
      documents: (baseId: string) => {
        const documents = `${at('/knowledge', baseId)}/documents`
        return {
          ...lists<AdminDocument, PageOf>(documents),
          /** A text. */
          create: (document: CreateDocumentBody) => call<AdminDocument>('POST', documents, document),
          /** A file; the ending of its name says what it is. */
          upload: (file: Uint8Array<ArrayBuffer> | Blob, about: UploadDocumentQuery) =>
            call<AdminDocument>('POST', `${at('/knowledge', baseId)}/files${toQuery(about)}`, file),
          get: (documentId: string) => call<AdminDocument>('GET', at(documents, documentId)),
          reindex: (documentId: string) => call<void>('POST', `${at(documents, documentId)}/reindex`),
          delete: (documentId: string) => call<void>('DELETE', at(documents, documentId)),
        }
      },
    },
    server: {
      /** What it has done since it started. For the workspace it belongs to. */
      get: () => call<AdminServer>('GET', '/server'),
    },
    workspace: {
      get: () => call<AdminWorkspace>('GET', '/workspace'),
      update: (change: UpdateWorkspaceBody) => call<AdminWorkspace>('PATCH', '/workspace', change),
    },
    /** Signing in, for pages of the server itself: the answer is a cookie of the browser. */
    login: {
      /** Who is signed in. Fails with 401 when nobody is. */
      current: () => call<AdminPerson>('GET', '/login'),
      signIn: (credentials: SignInBody) => call<AdminPerson>('POST', '/login', credentials),
      signOut: () => call<void>('DELETE', '/login'),
      /** Signs the person out everywhere else. */
      changePassword: (passwords: ChangePasswordBody) => call<AdminPerson>('POST', '/login/password', passwords),
      /** What a one-time link is good for. Fails with 404 when it was used or is too old. */
      checkLink: (token: string) => call<AdminLink>('POST', '/login/link', { token }),
      /** Makes the account of a one-time link and signs in. */
      createAccount: (account: UseLinkBody) => call<AdminPerson>('POST', '/login/account', account),
    },
    /** Who may sign in; for pages of the server itself. */
    people: {
      list: async () => (await call<{ data: AdminPerson[] }>('GET', '/people')).data,
      remove: (personId: string) => call<void>('DELETE', at('/people', personId)),
      /** A one-time link for somebody new. */
      invite: (role: AdminPerson['role']) => call<AdminInvite>('POST', '/people/invites', { role }),
    },
  }
}

export type AdminClient = ReturnType<typeof createAdminClient>
