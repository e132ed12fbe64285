import { ParleyError } from '@parley/protocol'
import { onlyAppOf } from '../../../auth/principal.js'
import { holdsJson } from '../../../base/json.js'
import { everyRow } from '../../../base/pages-of.js'
import type { AnyApp } from '../../../catalog/workspace-apps.js'
import { readJson, readOptionalJson } from '../../../http/body.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { callerRoute } from '../caller-route.js'
import { pageOf } from '../encode-list.js'
import type { XpertCaller, XpertParts } from '../routes.js'
import { encodeAssistant, encodeSchemas, GRAPH } from './encode.js'
import { encodeCapabilities } from './encode-capabilities.js'
import * as about from './routes-schema.js'
import {
  type Assistant,
  type AssistantFilter,
  assistantCountSchema,
  assistantSearchSchema,
  componentSchema,
} from './schema.js'

/** Apps, as assistants. */
export function assistantRoutes<Context>(parts: XpertParts<Context>): Route[] {
  const { apps } = parts

  /** The one a caller names, by id or alias; what its credential does not reach is not there. */
  async function load(caller: XpertCaller<Context>, name: string): Promise<AnyApp<Context>> {
    const { appId = missing(name) } = await caller.callTo(name)
    return apps.load(caller.principal.workspaceId, appId)
  }

  const find = async (caller: XpertCaller<Context>, name: string) => encodeAssistant(await load(caller, name))

  /** All that fit, oldest first. */
  async function search(caller: XpertCaller<Context>, filter: AssistantFilter): Promise<Assistant[]> {
    const only = onlyAppOf(caller.principal)
    const all = await everyRow((page) => apps.list(caller.principal.workspaceId, page), 'asc')
    return all
      .map(encodeAssistant)
      .filter((one) => (only === undefined || one.assistant_id === only) && fits(one, filter))
  }

  return [
    callerRoute(parts, {
      method: 'POST',
      path: '/assistants/search',
      description: about.searchAssistants,
      async handle(request, { caller }) {
        const body = checkBody(assistantSearchSchema, await readOptionalJson(request))
        return pageOf(await search(caller, body), body)
      },
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/assistants/count',
      description: about.countAssistants,
      async handle(request, { caller }) {
        const filter = checkBody(assistantCountSchema, await readOptionalJson(request))
        return Response.json((await search(caller, filter)).length)
      },
    }),
    callerRoute(parts, {
      method: 'GET',
      path: '/assistants/:id',
      description: about.getAssistant,
      handle: async (_, { caller, id }) => Response.json(await find(caller, id)),
    }),
    callerRoute(parts, {
      method: 'GET',
      path: '/assistants/:id/runtime-capabilities',
      description: about.getCapabilities,
      handle: async (_, { caller, id }) => Response.json(encodeCapabilities(await load(caller, id))),
    }),
    callerRoute(parts, {
      method: 'GET',
      path: '/assistants/:id/graph',
      description: about.getGraph,
      async handle(_, { caller, id }) {
        await find(caller, id)
        return Response.json(GRAPH)
      },
    }),
    callerRoute(parts, {
      method: 'GET',
      path: '/assistants/:id/schemas',
      description: about.getSchemas,
      handle: async (_, { caller, id }) => Response.json(encodeSchemas(await find(caller, id))),
    }),
    {
      ...callerRoute(parts, {
        method: 'POST',
        path: '/ui/:id',
        description: about.getComponent,
        async handle(request, { caller, id }) {
          const { assistant_id } = await find(caller, id)
          const { name } = checkBody(componentSchema, await readJson(request))
          const what = `The app "${assistant_id}" brings no UI components, so that there is no "${name}".`
          throw new ParleyError('not_found', `${what} Give LoadExternalComponent \`components\` of your own.`)
        },
      }),
      description: null,
    },
    ...['', '/:namespace'].map((namespace) =>
      callerRoute(parts, {
        method: 'GET',
        path: `/assistants/:id/subgraphs${namespace}`,
        description: namespace ? { ...about.getSubgraphs, id: 'getAssistantSubgraph' } : about.getSubgraphs,
        async handle(_, { caller, id }) {
          await find(caller, id)
          return Response.json({})
        },
      }),
    ),
  ]
}

/** Of the metadata, Xpert's `latest` and `version` say which version is meant; only the newest is listed. */
function fits(assistant: Assistant, { graph_id, name, metadata }: AssistantFilter): boolean {
  const { latest: _, version: __, ...wanted } = metadata ?? {}
  if (graph_id && assistant.graph_id !== graph_id && assistant.metadata.slug !== graph_id) return false
  if (name && !assistant.name.toLowerCase().includes(name.toLowerCase())) return false
  return holdsJson(assistant.metadata, wanted)
}

function missing(name: string): never {
  throw new ParleyError('app_not_found', `The assistant "${name}" was not found.`)
}
