import { type HostedWorkflow, ParleyError } from '@parley/protocol'
import { type AgentConfig, agentConfigSchema } from '@parley/protocol/admin'
import type { ServerCaller } from '../../auth/access.js'
import type { Clock } from '../../base/clock.js'
import { timedId } from '../../base/random-id.js'
import { readList } from '../../base/read-list.js'
import type { AnyApp, WorkspaceApps } from '../../catalog/workspace-apps.js'
import { readJson } from '../../http/body.js'
import { checkBody } from '../check-body.js'
import type { Route } from '../dialect.js'
import { queryOf } from './decode.js'
import { encodeList } from './encode.js'
import { toUnixSeconds } from './encode-item.js'
import { deletedWorkflowSchema, pageQuerySchema, workflowListSchema, workflowSchema } from './schema.js'
import { updateWorkflowBodySchema, workflowBodySchema } from './workflow-schema.js'

export interface WorkflowRouteParts {
  /** Nothing here runs an app, whatever its context. */
  apps: WorkspaceApps<never>
  clock: Clock
  /** A server with the scope `admin`. */
  callerOf(request: Request): Promise<ServerCaller>
}

/**
 * Agents that a server makes for its sessions. The guide's `agent_builder.workflows.create`; reading, changing and
 * deleting them are ours. They are apps of the workspace like those of the admin API; apps that are code are not shown.
 */
export function workflowRoutes({ apps, clock, callerOf }: WorkflowRouteParts): Route[] {
  const path = '/v1/agent_builder/workflows'
  const group = 'Workflows'

  async function load({ workspaceId }: ServerCaller, id: string): Promise<HostedWorkflow> {
    const found = await apps.load(workspaceId, id).catch(named(id))
    return encodeWorkflow(found) ?? missing(id)
  }

  return [
    {
      method: 'POST',
      path,
      description: {
        id: 'createWorkflow',
        group,
        summary: 'Make an agent. It answers at once.',
        body: workflowBodySchema,
        example: { name: 'Support', instructions: 'Be brief.' },
        answer: workflowSchema,
        failures: [501],
      },
      async handle(request) {
        const { workspaceId } = await wholeWorkspace(callerOf, request)
        const { name, description, ...agent } = checkBody(workflowBodySchema, await readJson(request))
        const stored = await apps.create(workspaceId, {
          id: timedId('wf', clock.now()),
          name,
          description: description ?? undefined,
          aliases: [],
          on_disconnect: 'cancel',
          agent: toAgent({}, agent),
        })
        return Response.json(encodeWorkflow({ stored }))
      },
    },
    {
      method: 'GET',
      path,
      description: {
        id: 'listWorkflows',
        group,
        summary: 'List the agents of the workspace.',
        query: pageQuerySchema,
        answer: workflowListSchema,
      },
      async handle(request) {
        const { workspaceId } = await wholeWorkspace(callerOf, request)
        const part = checkBody(pageQuerySchema, queryOf(request))
        const loadRows = async (place: Parameters<typeof apps.list>[1]) => {
          const page = await apps.list(workspaceId, place)
          return { ...page, data: page.data.map((app) => ({ id: idOf(app), app })) }
        }
        const { data, hasMore } = await readList(part, loadRows, ({ app }) => encodeWorkflow(app))
        return Response.json(encodeList(data, hasMore))
      },
    },
    {
      method: 'GET',
      path: `${path}/:id`,
      description: {
        id: 'getWorkflow',
        group,
        summary: 'Get an agent.',
        answer: workflowSchema,
        failures: [404],
      },
      handle: async (request, { params: { id = '' } }) =>
        Response.json(await load(await wholeWorkspace(callerOf, request), id)),
    },
    {
      method: 'PATCH',
      path: `${path}/:id`,
      description: {
        id: 'updateWorkflow',
        group,
        summary:
          'Change an agent. What is left out stays; the change is a new version, which answers the next message.',
        body: updateWorkflowBodySchema,
        example: { instructions: 'Be very brief.' },
        answer: workflowSchema,
        failures: [404],
      },
      async handle(request, { params: { id = '' } }) {
        const caller = await wholeWorkspace(callerOf, request)
        const { name, description, ...agent } = checkBody(updateWorkflowBodySchema, await readJson(request))
        await load(caller, id)
        const change = { name, description, agent: (old: AgentConfig) => toAgent(old, agent) }
        const stored = await apps.update(caller.workspaceId, id, change).catch(named(id))
        return Response.json(encodeWorkflow({ stored }))
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:id`,
      description: {
        id: 'deleteWorkflow',
        group,
        summary: 'Delete an agent. Its conversations stay; nobody can write to them any more.',
        answer: deletedWorkflowSchema,
        failures: [404],
      },
      async handle(request, { params: { id = '' } }) {
        const caller = await wholeWorkspace(callerOf, request)
        await load(caller, id)
        await apps.delete(caller.workspaceId, id).catch(named(id))
        return Response.json({ id, object: 'workflow.deleted', deleted: true })
      },
    },
  ]
}

async function wholeWorkspace(callerOf: WorkflowRouteParts['callerOf'], request: Request): Promise<ServerCaller> {
  const caller = await callerOf(request)
  if (caller.appId === undefined) return caller
  throw new ParleyError(
    'forbidden',
    'This API key is bound to one app. Make workflows with a key of the whole workspace.',
  )
}

/** What is left out stays as it was; `null` clears. */
function toAgent(old: Partial<AgentConfig>, changes: Record<string, unknown>): AgentConfig {
  const fields = Object.entries({ ...old, ...changes }).filter(([, value]) => value !== null && value !== undefined)
  return checkBody(agentConfigSchema, Object.fromEntries(fields))
}

/** `null` for an app that is code: nobody made it here. */
function encodeWorkflow(found: AnyApp<never>): HostedWorkflow | null {
  if ('code' in found) return null
  const { app, agent } = found.stored
  return {
    id: app.id,
    object: 'workflow',
    name: app.name,
    description: app.description ?? null,
    version: String(app.version),
    status: 'published',
    model: agent.model ?? null,
    instructions: agent.instructions,
    temperature: agent.temperature ?? null,
    tools: agent.tools,
    created_at: toUnixSeconds(app.created_at),
  }
}

const idOf = (app: AnyApp<never>) => ('code' in app ? app.code.id : app.stored.app.id)

/** The catalog speaks of apps; this API of workflows. */
const named =
  (id: string) =>
  (thrown: unknown): never => {
    if (thrown instanceof ParleyError && thrown.code === 'app_not_found') missing(id)
    throw thrown
  }

function missing(id: string): never {
  throw new ParleyError('app_not_found', `Workflow with id '${id}' not found.`)
}
