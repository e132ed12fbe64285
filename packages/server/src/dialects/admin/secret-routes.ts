import { ParleyError } from '@parley/protocol'
import {
  type AdminSecret,
  adminSecretPageSchema,
  adminSecretQuerySchema,
  adminSecretSchema,
  createSecretBodySchema,
  updateSecretBodySchema,
} from '@parley/protocol/admin'
import type { SecretRecord, Secrets } from '../../secrets/secrets.js'
import { type AdminRoute, defineRoute } from './define-route.js'

export interface SecretPartsOfAdmin {
  /** Absent: the server keeps none. */
  secrets: Secrets | undefined
}

export function secretRoutes({ secrets }: SecretPartsOfAdmin): AdminRoute[] {
  const group = 'Secrets'
  return [
    defineRoute({
      id: 'listSecrets',
      method: 'GET',
      path: '/secrets',
      group,
      summary: 'List the secrets that tools of the workspace send. Of each there is only the end.',
      query: adminSecretQuerySchema,
      answer: adminSecretPageSchema,
      failures: [501],
      async run({ principal, query }) {
        const page = await given(secrets).list(principal.workspaceId, query)
        return { ...page, data: page.data.map(encodeSecret) }
      },
    }),
    defineRoute({
      id: 'createSecret',
      method: 'POST',
      path: '/secrets',
      group,
      summary: 'Keep a secret for HTTP tools and MCP servers. It is stored encrypted, and sent to its host alone.',
      body: createSecretBodySchema,
      answer: adminSecretSchema,
      status: 201,
      failures: [409, 501],
      run: async ({ principal, body }) => encodeSecret(await given(secrets).create(principal.workspaceId, body)),
    }),
    defineRoute({
      id: 'getSecret',
      method: 'GET',
      path: '/secrets/:id',
      group,
      summary: 'Get a secret: where it may go, not what it is.',
      answer: adminSecretSchema,
      failures: [404, 501],
      run: async ({ principal, params: { id = '' } }) =>
        encodeSecret(await given(secrets).load(principal.workspaceId, id)),
    }),
    defineRoute({
      id: 'updateSecret',
      method: 'PATCH',
      path: '/secrets/:id',
      group,
      summary: 'Change a secret: its value, or its host together with its value.',
      body: updateSecretBodySchema,
      answer: adminSecretSchema,
      failures: [404, 501],
      run: async ({ principal, params: { id = '' }, body }) =>
        encodeSecret(await given(secrets).change(principal.workspaceId, id, body)),
    }),
    defineRoute({
      id: 'deleteSecret',
      method: 'DELETE',
      path: '/secrets/:id',
      group,
      summary: 'Delete a secret. Tools that name it are not set up any more.',
      failures: [404, 501],
      run: ({ principal, params: { id = '' } }) => given(secrets).delete(principal.workspaceId, id),
    }),
  ]
}

function given(secrets: Secrets | undefined): Secrets {
  if (secrets) return secrets
  throw new ParleyError('not_configured', 'This server keeps no secrets of workspaces.')
}

const encodeSecret = ({ id, host, ending, created_at, updated_at }: SecretRecord): AdminSecret => ({
  id,
  object: 'secret',
  host,
  masked: `…${ending}`,
  created_at,
  updated_at,
})
