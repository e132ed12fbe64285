import { ParleyError } from '@parley/protocol'
import {
  type AdminUser,
  adminUserDeletedSchema,
  adminUserDetailSchema,
  adminUserPageSchema,
  adminUserQuerySchema,
  userExportLineSchema,
} from '@parley/protocol/admin'
import type { UserRecord, WorkspaceUsers } from '../../auth/workspaces.js'
import type { UserData } from '../../lifecycle/user-data.js'
import { type AdminRoute, defineDownload, defineRoute } from './define-route.js'

export interface UserParts {
  users: WorkspaceUsers
  userData: UserData
}

export function userRoutes({ users, userData }: UserParts): AdminRoute[] {
  const group = 'Users'
  return [
    defineRoute({
      id: 'listUsers',
      method: 'GET',
      path: '/users',
      group,
      summary: 'List users: whoever has threads, files or sessions in the workspace.',
      query: adminUserQuerySchema,
      answer: adminUserPageSchema,
      async run({ principal, query: { search, ...page } }) {
        const found = await users.list(principal.workspaceId, page, search?.toLowerCase() || undefined)
        return { ...found, data: found.data.map(encodeUser) }
      },
    }),
    defineRoute({
      id: 'getUser',
      method: 'GET',
      path: '/users/:id',
      group,
      summary: 'Get a user, with counts of what is kept of them.',
      answer: adminUserDetailSchema,
      failures: [404],
      async run({ principal, params: { id = '' } }) {
        const user = await users.load(principal.workspaceId, id)
        if (!user) throw new ParleyError('not_found', `There is nothing of a user "${id}" here.`)
        const { threads, items, runs, files, sessions } = user
        return { ...encodeUser(user), counts: { threads, items, runs, files, sessions } }
      },
    }),
    defineDownload({
      id: 'exportUser',
      method: 'GET',
      path: '/users/:id/export',
      group,
      summary:
        'Everything that is kept of a user, as JSON lines. The last one says "end": without it, it is not whole.',
      lines: userExportLineSchema,
      failures: [404],
      run: ({ principal, params: { id = '' } }) => userData.export(principal.workspaceId, id),
    }),
    defineRoute({
      id: 'deleteUser',
      method: 'DELETE',
      path: '/users/:id',
      group,
      summary:
        'Delete everything of a user: threads, runs, files, sessions. What is being written for them ends first.',
      answer: adminUserDeletedSchema,
      failures: [404, 409],
      async run({ principal, params: { id = '' } }) {
        const counts = await userData.delete(principal.workspaceId, id)
        return { id, object: 'user.deleted' as const, deleted: true as const, counts }
      },
    }),
  ]
}

const encodeUser = ({ id, threads, first_seen_at, last_active_at }: UserRecord): AdminUser => ({
  id,
  object: 'user',
  first_seen_at: first_seen_at ?? null,
  last_active_at: last_active_at ?? null,
  threads,
})
