import { ParleyError } from '@parley/protocol'
import {
  type AdminApp,
  type AgentConfig,
  adminAppPageSchema,
  adminAppQuerySchema,
  adminAppSchema,
  createAppBodySchema,
  updateAppBodySchema,
} from '@parley/protocol/admin'
import type { AnyApp, WorkspaceApps } from '../../catalog/workspace-apps.js'
import type { Providers } from '../../providers/providers.js'
import { defineOperation, type Operation } from './operation.js'

export interface AppParts {
  // biome-ignore lint/suspicious/noExplicitAny: nothing here runs an app, whatever its context
  apps: WorkspaceApps<any>
  /** Absent: the server takes none. */
  providers: Providers | undefined
}

export function appOperations({ apps, providers }: AppParts): Operation[] {
  const encode = (app: AnyApp<unknown>) => encodeApp(app, apps)
  const group = 'Apps'
  return [
    defineOperation({
      id: 'listApps',
      method: 'GET',
      path: '/apps',
      group,
      summary: 'List apps: those that come with the server, and those of the workspace.',
      query: adminAppQuerySchema,
      answer: adminAppPageSchema,
      async run({ principal, query }) {
        const page = await apps.list(principal.workspaceId, query)
        return { ...page, data: page.data.map(encode) }
      },
    }),
    defineOperation({
      id: 'createApp',
      method: 'POST',
      path: '/apps',
      group,
      summary: 'Create an agent. It answers at once.',
      body: createAppBodySchema,
      answer: adminAppSchema,
      status: 201,
      failures: [409, 501],
      async run({ principal, body: { description, ...app } }) {
        await assertProvider(providers, principal.workspaceId, app.agent.provider)
        const text = description ?? undefined
        return encode({ stored: await apps.create(principal.workspaceId, { ...app, description: text }) })
      },
    }),
    defineOperation({
      id: 'getApp',
      method: 'GET',
      path: '/apps/:id',
      group,
      summary: 'Get an app, by its id or another name of it.',
      answer: adminAppSchema,
      failures: [404],
      run: async ({ principal, params: { id = '' } }) => encode(await apps.load(principal.workspaceId, id)),
    }),
    defineOperation({
      id: 'updateApp',
      method: 'PATCH',
      path: '/apps/:id',
      group,
      summary: 'Change an app. A changed agent is a new version, which answers the next message.',
      body: updateAppBodySchema,
      answer: adminAppSchema,
      failures: [404, 409],
      async run({ principal, params: { id = '' }, body: { agent, ...settings } }) {
        await assertProvider(providers, principal.workspaceId, agent?.provider)
        const change = agent && ((old: AgentConfig) => withChanges(old, agent))
        return encode({ stored: await apps.update(principal.workspaceId, id, { ...settings, agent: change }) })
      },
    }),
    defineOperation({
      id: 'deleteApp',
      method: 'DELETE',
      path: '/apps/:id',
      group,
      summary: 'Delete an app with its versions. Its threads stay; nobody can write to them any more.',
      failures: [404, 409],
      run: ({ principal, params: { id = '' } }) => apps.delete(principal.workspaceId, id),
    }),
  ]
}

/** An agent names a model host that is there. */
async function assertProvider(
  providers: AppParts['providers'],
  workspaceId: string,
  id: string | null | undefined,
): Promise<void> {
  if (id == null) return
  const found = await providers?.load(workspaceId, id).catch((thrown: unknown) => {
    if (!(thrown instanceof ParleyError && thrown.code === 'not_found')) throw thrown
  })
  if (found) return
  const message = `agent.provider: there is no provider "${id}". Add it first, or leave it out to use the server’s.`
  throw new ParleyError('invalid_request', message, { details: { param: 'agent.provider' } })
}

/** What is left out stays; `null` clears. */
function withChanges(agent: AgentConfig, changes: Record<string, unknown>): AgentConfig {
  const fields = Object.entries({ ...agent, ...changes }).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(fields) as unknown as AgentConfig // of two that have been checked, only optional fields can go
}

function encodeApp(app: AnyApp<unknown>, { defaultAppId, problemsOf }: WorkspaceApps<unknown>): AdminApp {
  if ('code' in app) {
    const { id, aliases, app: runnable } = app.code
    return {
      id,
      object: 'app',
      kind: 'code',
      name: id,
      description: null,
      aliases,
      is_default: id === defaultAppId,
      on_disconnect: runnable.onDisconnect ?? 'cancel',
      version: null,
      agent: null,
      problems: [],
      created_at: null,
      updated_at: null,
    }
  }
  const { app: record, agent } = app.stored
  const { id, name, description, aliases, on_disconnect, version, created_at, updated_at } = record
  return {
    id,
    object: 'app',
    kind: 'agent',
    name,
    description: description ?? null,
    aliases,
    is_default: id === defaultAppId || aliases.includes(defaultAppId),
    on_disconnect,
    version: String(version),
    agent,
    problems: problemsOf(agent).map(({ param, message }) => ({ param: `agent.${param}`, message })),
    created_at,
    updated_at,
  }
}
