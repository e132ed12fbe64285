import { ParleyError } from '@parley/protocol'
import { type AdminServer, adminServerSchema } from '@parley/protocol/admin'
import type { ServerFigures } from '../../base/server-figures.js'
import { type AdminRoute, defineRoute } from './define-route.js'

export interface ServerParts {
  /** What the whole server does, and the workspace whose people may know. Absent: nothing is counted. */
  figures?: { workspaceId: string; read(): ServerFigures } | undefined
}

export function serverRoutes({ figures }: ServerParts): AdminRoute[] {
  return [
    defineRoute({
      id: 'getServer',
      method: 'GET',
      path: '/server',
      group: 'Workspace',
      summary: 'What this server has done since it started, for all workspaces. Told to its own workspace alone.',
      answer: adminServerSchema,
      failures: [501],
      async run({ principal }) {
        if (!figures) throw new ParleyError('not_configured', 'This server counts nothing.')
        if (principal.workspaceId !== figures.workspaceId)
          throw new ParleyError('forbidden', 'Only the workspace that the server belongs to is told this.')
        return encodeFigures(figures.read())
      },
    }),
  ]
}

const encodeFigures = (figures: ServerFigures): AdminServer => ({
  object: 'server',
  since: figures.since,
  request_count: figures.requests,
  error_count: figures.errors,
  avg_response_time: figures.averageResponseMs / 1000,
  active_connections: figures.connections,
  tokens_used: { input: figures.inputTokens, output: figures.outputTokens },
})
