import { ParleyError } from '@parley/protocol'
import {
  type AdminApp,
  type AgentConfig,
  type AppPresentation,
  adminAppPageSchema,
  adminAppQuerySchema,
  adminAppSchema,
  createAppBodySchema,
  updateAppBodySchema,
} from '@parley/protocol/admin'
import type { AnyApp, WorkspaceApps } from '../../catalog/workspace-apps.js'
import type { McpServers } from '../../mcp-servers/mcp-servers.js'
import type { Providers } from '../../providers/providers.js'
import { type AdminRoute, defineRoute } from './define-route.js'

export interface AppParts {
  /** Nothing here runs an app, whatever its context. */
  apps: WorkspaceApps<never>
  /** Absent: the server takes none. */
  providers: Providers | undefined
  mcpServers: McpServers | undefined
}

export function appRoutes({ apps, providers, mcpServers }: AppParts): AdminRoute[] {
  const encode = (app: AnyApp<never>) => encodeApp(app, apps)
  const group = 'Apps'
  return [
    defineRoute({
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
    defineRoute({
      id: 'createApp',
      method: 'POST',
      path: '/apps',
      group,
      summary: 'Create an agent. It answers at once.',
      body: createAppBodySchema,
      answer: adminAppSchema,
      status: 201,
      failures: [409, 501],
      async run({ principal, body: { description, max_concurrent_runs, stream_language, ...app } }) {
        await assertProvider(providers, principal.workspaceId, app.agent.provider)
        await assertMcpServers(mcpServers, principal.workspaceId, app.agent.tools)
        const given = {
          description: description ?? undefined,
          max_concurrent_runs: max_concurrent_runs ?? undefined,
          stream_language: stream_language ?? undefined,
        }
        return encode({ stored: await apps.create(principal.workspaceId, { ...app, ...given }) })
      },
    }),
    defineRoute({
      id: 'getApp',
      method: 'GET',
      path: '/apps/:id',
      group,
      summary: 'Get an app, by its id or another name of it.',
      answer: adminAppSchema,
      failures: [404],
      async run({ principal, params: { id = '' } }) {
        const app = await apps.load(principal.workspaceId, id)
        const encoded = encode(app)
        const facts = 'code' in app ? await app.code.app.describe?.() : undefined
        return encoded.code && facts ? { ...encoded, code: { ...encoded.code, agent: facts } } : encoded
      },
    }),
    defineRoute({
      id: 'updateApp',
      method: 'PATCH',
      path: '/apps/:id',
      group,
      summary: 'Change an app. A changed agent is a new version, which answers the next message.',
      body: updateAppBodySchema,
      answer: adminAppSchema,
      failures: [404, 409],
      async run({ principal, params: { id = '' }, body: { agent, presentation, ...settings } }) {
        await assertProvider(providers, principal.workspaceId, agent?.provider)
        await assertMcpServers(mcpServers, principal.workspaceId, agent?.tools)
        const change = {
          ...settings,
          agent: agent && ((old: AgentConfig) => withChanges(old, agent)),
          presentation: presentation && ((old: AppPresentation) => withChanges(old, presentation)),
        }
        return encode({ stored: await apps.update(principal.workspaceId, id, change) })
      },
    }),
    defineRoute({
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
  if (id == null || (await isThere(providers?.load(workspaceId, id)))) return
  const message = `agent.provider: there is no provider "${id}". Add it first, or leave it out to use the server’s.`
  throw new ParleyError('invalid_request', message, { details: { param: 'agent.provider' } })
}

/** An agent names MCP servers that are there. */
async function assertMcpServers(
  mcpServers: AppParts['mcpServers'],
  workspaceId: string,
  tools: AgentConfig['tools'] = [],
): Promise<void> {
  for (const [index, tool] of tools.entries()) {
    if (tool.type !== 'mcp' || (await isThere(mcpServers?.load(workspaceId, tool.server)))) continue
    const param = `agent.tools.${index}.server`
    const message = `${param}: there is no MCP server "${tool.server}". Add it first.`
    throw new ParleyError('invalid_request', message, { details: { param } })
  }
}

/** Whether what is being loaded is there. */
async function isThere(loading: Promise<unknown> | undefined): Promise<boolean> {
  try {
    return (await loading) !== undefined
  } catch (thrown) {
    if (thrown instanceof ParleyError && thrown.code === 'not_found') return false
    throw thrown
  }
}

/** What is left out stays; `null` clears. */
function withChanges<Fields extends object>(old: Fields, changes: Record<string, unknown>): Fields {
  const fields = Object.entries({ ...old, ...changes }).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(fields) as unknown as Fields // of two that have been checked, only optional fields can go
}

function encodeApp(app: AnyApp<never>, { defaultAppId, problemsOf }: WorkspaceApps<never>): AdminApp {
  if ('code' in app) {
    const { id, aliases, app: runnable, presentation = {}, streamLanguage, source } = app.code
    return {
      id,
      object: 'app',
      kind: 'code',
      name: id,
      description: null,
      aliases,
      is_default: id === defaultAppId,
      on_disconnect: runnable.onDisconnect ?? 'cancel',
      max_concurrent_runs: null,
      stream_language: streamLanguage ?? null,
      version: null,
      agent: null,
      code: {
        file: source?.file ?? null,
        answers: source ? source.answers : 'respond',
        mode: runnable.mode ?? 'chat',
        inputs: [...(runnable.inputs ?? [])],
      },
      presentation,
      problems: (source?.problems ?? []).map(({ place, text }) => ({ param: place, message: text })),
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
    max_concurrent_runs: record.max_concurrent_runs ?? null,
    stream_language: record.stream_language ?? null,
    version: String(version),
    agent,
    presentation: record.presentation ?? {},
    problems: problemsOf(agent).map(({ param, message }) => ({ param: `agent.${param}`, message })),
    created_at,
    updated_at,
  }
}
