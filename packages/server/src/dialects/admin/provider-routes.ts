import { ParleyError } from '@parley/protocol'
import {
  type AdminProvider,
  adminProviderPageSchema,
  adminProviderQuerySchema,
  adminProviderSchema,
  createProviderBodySchema,
  updateProviderBodySchema,
} from '@parley/protocol/admin'
import type { ProviderRecord, Providers } from '../../providers/providers.js'
import type { AppParts } from './app-routes.js'
import { type AdminRoute, defineRoute } from './define-route.js'

export function providerRoutes({ providers }: Pick<AppParts, 'providers'>): AdminRoute[] {
  const group = 'Providers'
  return [
    defineRoute({
      id: 'listProviders',
      method: 'GET',
      path: '/providers',
      group,
      summary: 'List the model hosts of the workspace. Of each key there is only the end.',
      query: adminProviderQuerySchema,
      answer: adminProviderPageSchema,
      failures: [501],
      async run({ principal, query }) {
        const page = await given(providers).list(principal.workspaceId, query)
        return { ...page, data: page.data.map(encodeProvider) }
      },
    }),
    defineRoute({
      id: 'createProvider',
      method: 'POST',
      path: '/providers',
      group,
      summary: 'Add an OpenAI-compatible model host. Its key is stored encrypted.',
      body: createProviderBodySchema,
      answer: adminProviderSchema,
      status: 201,
      failures: [409, 501],
      run: async ({ principal, body: { api_key, ...body } }) =>
        encodeProvider(
          await given(providers).create(principal.workspaceId, { ...body, api_key: api_key ?? undefined }),
        ),
    }),
    defineRoute({
      id: 'getProvider',
      method: 'GET',
      path: '/providers/:id',
      group,
      summary: 'Get a model host.',
      answer: adminProviderSchema,
      failures: [404, 501],
      run: async ({ principal, params: { id = '' } }) =>
        encodeProvider(await given(providers).load(principal.workspaceId, id)),
    }),
    defineRoute({
      id: 'updateProvider',
      method: 'PATCH',
      path: '/providers/:id',
      group,
      summary: 'Change a model host: its name, its address, its key. The next message goes there.',
      body: updateProviderBodySchema,
      answer: adminProviderSchema,
      failures: [404, 501],
      run: async ({ principal, params: { id = '' }, body }) =>
        encodeProvider(await given(providers).change(principal.workspaceId, id, body)),
    }),
    defineRoute({
      id: 'deleteProvider',
      method: 'DELETE',
      path: '/providers/:id',
      group,
      summary: 'Delete a model host with its key. Apps that name it fail until they name another.',
      failures: [404, 501],
      run: ({ principal, params: { id = '' } }) => given(providers).delete(principal.workspaceId, id),
    }),
  ]
}

function given(providers: Providers | undefined): Providers {
  if (providers) return providers
  throw new ParleyError('not_configured', 'This server takes no providers of workspaces.')
}

const encodeProvider = ({
  id,
  name,
  base_url,
  key,
  prices = {},
  created_at,
  updated_at,
}: ProviderRecord): AdminProvider => ({
  id,
  object: 'provider',
  name,
  base_url,
  prices,
  masked: key ? `…${key.ending}` : null,
  created_at,
  updated_at,
})
