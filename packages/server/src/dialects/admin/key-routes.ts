import { ParleyError } from '@parley/protocol'
import {
  type AdminKey,
  adminKeyPageSchema,
  adminKeyQuerySchema,
  adminKeySchema,
  adminNewKeySchema,
  createKeyBodySchema,
  rotateKeyBodySchema,
  updateKeyBodySchema,
} from '@parley/protocol/admin'
import { type ApiKeyRecord, type ApiKeys, prefixOf } from '../../auth/api-keys.js'
import type { Clock } from '../../base/clock.js'
import { type AdminRoute, defineRoute } from './define-route.js'

export interface KeyParts {
  apiKeys: ApiKeys
  clock: Clock
  /** The app's own id, by that or by another name of it. */
  findApp(workspaceId: string, name: string): Promise<{ id: string } | undefined>
}

export function keyRoutes({ apiKeys, clock, findApp }: KeyParts): AdminRoute[] {
  const encode = (record: ApiKeyRecord) => encodeKey(record, clock.now())
  const group = 'API keys'
  return [
    defineRoute({
      id: 'listKeys',
      method: 'GET',
      path: '/keys',
      group,
      summary: 'List API keys. Keys of the server’s settings are not among them.',
      query: adminKeyQuerySchema,
      answer: adminKeyPageSchema,
      async run({ principal, query }) {
        const page = await apiKeys.list(principal.workspaceId, query)
        return { ...page, data: page.data.map(encode) }
      },
    }),
    defineRoute({
      id: 'createKey',
      method: 'POST',
      path: '/keys',
      group,
      summary: 'Create an API key. Its secret is in this answer and nowhere else.',
      body: createKeyBodySchema,
      answer: adminNewKeySchema,
      status: 201,
      async run({ principal: { workspaceId }, body: { name, scopes, app, stream_language, expires_at } }) {
        const expiresAt = expires_at == null ? undefined : new Date(expires_at)
        if (expiresAt && expiresAt <= clock.now())
          refuse('expires_at', 'it is over already. Name a time in the future.')
        const wide = scopes.find((scope) => scope === 'admin' || scope === 'knowledge')
        if (app != null && wide !== undefined)
          refuse('app', `a key of the scope "${wide}" reaches the whole workspace. Leave out one of the two.`)
        const found =
          app == null ? undefined : ((await findApp(workspaceId, app)) ?? refuse('app', `there is no app "${app}".`))
        const { record, key } = await apiKeys.create({
          workspaceId,
          name,
          scopes: [...new Set(scopes)],
          appId: found?.id,
          streamLanguage: stream_language ?? undefined,
          expiresAt,
        })
        return { ...encode(record), secret: key }
      },
    }),
    defineRoute({
      id: 'getKey',
      method: 'GET',
      path: '/keys/:id',
      group,
      summary: 'Get an API key.',
      answer: adminKeySchema,
      failures: [404],
      run: async ({ principal, params: { id = '' } }) => encode(await apiKeys.load(principal.workspaceId, id)),
    }),
    defineRoute({
      id: 'updateKey',
      method: 'PATCH',
      path: '/keys/:id',
      group,
      summary: 'Change an API key. Its secret goes on working.',
      body: updateKeyBodySchema,
      answer: adminKeySchema,
      failures: [404],
      async run({ principal, params: { id = '' }, body: { name, stream_language: streamLanguage } }) {
        return encode(await apiKeys.update(principal.workspaceId, id, { name, streamLanguage }))
      },
    }),
    defineRoute({
      id: 'rotateKey',
      method: 'POST',
      path: '/keys/:id/rotate',
      group,
      summary: 'Make a new secret for an API key. The old one goes on working for `overlap_seconds`.',
      body: rotateKeyBodySchema,
      answer: adminNewKeySchema,
      failures: [404],
      async run({ principal, params: { id = '' }, body: { overlap_seconds } }) {
        const rotated = await apiKeys.rotate(principal.workspaceId, id, { overlapSeconds: overlap_seconds })
        return { ...encode(rotated.record), secret: rotated.key }
      },
    }),
    defineRoute({
      id: 'revokeKey',
      method: 'DELETE',
      path: '/keys/:id',
      group,
      summary: 'Revoke an API key: it is worth nothing from now on.',
      failures: [404],
      run: ({ principal, params: { id = '' } }) => apiKeys.delete(principal.workspaceId, id),
    }),
  ]
}

function refuse(field: string, message: string): never {
  throw new ParleyError('invalid_request', `${field}: ${message}`, { details: { param: field } })
}

function encodeKey(record: ApiKeyRecord, now: Date): AdminKey {
  const { id, name, scopes, app_id, stream_language, ending, created_at, expires_at, last_used_at, previous } = record
  const masked = (last: string) => `${prefixOf(record)}…${last}`
  const overlaps = previous && previous.expires_at > now.toISOString()
  return {
    id,
    object: 'api_key',
    name,
    masked: masked(ending),
    scopes,
    app: app_id ?? null,
    stream_language: stream_language ?? null,
    created_at,
    expires_at: expires_at ?? null,
    last_used_at: last_used_at ?? null,
    previous: overlaps ? { masked: masked(previous.ending), expires_at: previous.expires_at } : null,
  }
}
