import { ParleyError } from '@parley/protocol'
import type { AgentConfig } from '@parley/protocol/admin'
import { readJson, readOptionalJson } from '../../../http/body.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { callerRoute } from '../caller-route.js'
import type { XpertParts } from '../routes.js'
import { encodeAssistant } from './encode.js'
import * as about from './routes-schema.js'
import {
  type AgentSettings,
  assistantCreateSchema,
  assistantLatestSchema,
  assistantUpdateSchema,
  assistantVersionsSchema,
} from './schema.js'

/** Making and changing the apps of a workspace, for servers that may set it up. */
export function assistantChangeRoutes<Context>(parts: XpertParts<Context>): Route[] {
  const { apps } = parts

  /** What an app is made of. @throws {ParleyError} `conflict` for one that is code */
  async function agentOf(workspaceId: string, name: string): Promise<AgentConfig> {
    const app = await apps.load(workspaceId, name)
    if ('stored' in app) return app.stored.agent
    throw new ParleyError(
      'conflict',
      `"${name}" is code that comes with the server: assistants are made of stored apps.`,
    )
  }

  return [
    callerRoute(parts, {
      method: 'POST',
      path: '/assistants',
      description: about.createAssistant,
      audited: true,
      async handle(request) {
        const workspaceId = await parts.setUpBy(request)
        const body = checkBody(assistantCreateSchema, await readJson(request))
        const { assistant_id, graph_id, name, description, metadata } = body
        const id = assistant_id ?? undefined
        if (id !== undefined && body.if_exists === 'do_nothing' && (await apps.find(workspaceId, id)))
          return Response.json(encodeAssistant(await apps.load(workspaceId, id)))
        const agent = { ...(await agentOf(workspaceId, graph_id)), ...settingsIn(body) }
        const stored = await apps.create(workspaceId, {
          id,
          name: name ?? 'Untitled',
          aliases: [],
          on_disconnect: 'cancel',
          agent,
          ...(description && { description }),
          ...(metadata && { metadata }),
        })
        return Response.json(encodeAssistant({ stored }))
      },
    }),
    callerRoute(parts, {
      method: 'PATCH',
      path: '/assistants/:id',
      description: about.updateAssistant,
      audited: true,
      async handle(request, { id }) {
        const workspaceId = await parts.setUpBy(request)
        const body = checkBody(assistantUpdateSchema, await readJson(request))
        const { graph_id, name, description, metadata } = body
        const base = graph_id && graph_id !== id ? await agentOf(workspaceId, graph_id) : undefined
        const known = await apps.load(workspaceId, id)
        const noted = 'stored' in known ? known.stored.app.metadata : undefined
        const stored = await apps.update(workspaceId, id, {
          ...(name && { name }),
          ...(description && { description }),
          ...(metadata && { metadata: { ...noted, ...metadata } }),
          agent: (agent) => ({ ...(base ?? agent), ...settingsIn(body) }),
        })
        return Response.json(encodeAssistant({ stored }))
      },
    }),
    callerRoute(parts, {
      method: 'DELETE',
      path: '/assistants/:id',
      description: about.deleteAssistant,
      audited: true,
      async handle(request, { id }) {
        const workspaceId = await parts.setUpBy(request)
        if (new URL(request.url).searchParams.get('delete_threads') === 'true')
          throw new ParleyError('invalid_request', 'delete_threads is not taken: threads belong to people, and stay.')
        await apps.delete(workspaceId, id)
        return new Response(null, { status: 204 })
      },
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/assistants/:id/latest',
      description: about.setLatest,
      audited: true,
      async handle(request, { id }) {
        const workspaceId = await parts.setUpBy(request)
        const { version } = checkBody(assistantLatestSchema, await readJson(request))
        const old = await apps.loadVersion(workspaceId, id, version)
        if (!old) throw new ParleyError('not_found', `The assistant "${id}" has no version ${version}.`)
        return Response.json(
          encodeAssistant({ stored: await apps.update(workspaceId, id, { agent: () => old.agent }) }),
        )
      },
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/assistants/:id/versions',
      description: about.getVersions,
      async handle(request, { caller, id }) {
        const { limit, offset } = checkBody(assistantVersionsSchema, await readOptionalJson(request))
        const { workspaceId } = caller.principal
        const { appId = id } = await caller.callTo(id)
        const newest = await apps.load(workspaceId, appId)
        if ('code' in newest) return Response.json([encodeAssistant(newest)].slice(offset, offset + limit))
        const last = newest.stored.app.version - offset
        const versions = Array.from({ length: Math.max(0, Math.min(limit, last)) }, (_, index) => {
          const { app, agent } = newest.stored
          return encodeAssistant({ stored: { app: { ...app, version: last - index }, agent } })
        })
        return Response.json(versions)
      },
    }),
  ]
}

/** What a request sets of the agent. */
const settingsIn = ({
  config,
  context,
}: {
  config?: { configurable?: AgentSettings | null | undefined } | null | undefined
  context?: AgentSettings | null | undefined
}): AgentSettings => ({ ...config?.configurable, ...context })
