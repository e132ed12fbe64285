import { ParleyError } from '@parley/protocol'
import type { ServerCaller } from '../../../auth/access.js'
import { everyRow } from '../../../base/pages-of.js'
import { describeApp } from '../../../catalog/describe-app.js'
import type { WorkspaceApps } from '../../../catalog/workspace-apps.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { queryOf } from '../decode.js'
import { encodeAssistant } from './encode.js'
import { assistantsSchema, querySchema } from './schema.js'

export interface AssistantParts {
  apps: Pick<WorkspaceApps<unknown>, 'list'>
  /** Whose apps they are, by a key of the whole workspace. @throws {ParleyError} `unauthorized` */
  callerOf(request: Request): Promise<ServerCaller>
}

export const assistantRoutes = ({ apps, callerOf }: AssistantParts): Route[] => [
  {
    method: 'GET',
    path: '/assistant/api/assistant/my-assistants',
    description: {
      id: 'listMyAssistants',
      group: 'App',
      summary: 'List the apps of your workspace, the newest first.',
      text: 'With a key of the whole workspace, not with one of an app.',
      query: querySchema,
      answer: assistantsSchema,
    },
    async handle(request) {
      const { workspaceId } = await callerOf(request)
      const { page, page_size, mode, workspace_id = workspaceId } = checkBody(querySchema, queryOf(request))
      if (workspace_id !== workspaceId)
        throw new ParleyError('forbidden', 'Your key does not reach this workspace. Leave out workspace_id.')
      const all = await everyRow((rows) => apps.list(workspaceId, rows))
      const wanted = all.map(describeApp).filter((app) => mode === undefined || app.mode === mode)
      const data = wanted.slice((page - 1) * page_size, page * page_size).map(encodeAssistant)
      return Response.json({ page, page_size, total: wanted.length, data })
    },
  },
]
