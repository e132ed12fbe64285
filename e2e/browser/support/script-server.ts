import { fileURLToPath } from 'node:url'
import { listen } from '../../../packages/server/src/node/listen.js'
import { webRoutes } from '../../../packages/server/src/node/web-routes.js'
import type { Running } from './http.js'

export const WEB_FOLDER = fileURLToPath(new URL('../../../apps/chat/dist', import.meta.url))

/** Serves the built browser files, and nothing else: the chat then talks to a server of somebody else. */
export async function serveScript(): Promise<Running> {
  const routes = await webRoutes(WEB_FOLDER)
  return listen(
    async (request) => {
      const { pathname } = new URL(request.url)
      const route = routes.find(({ path }) => path === pathname)
      return route?.handle(request, { params: {}, requestId: 'test' }) ?? new Response('Not found', { status: 404 })
    },
    { port: 0, host: '127.0.0.1' },
  )
}
