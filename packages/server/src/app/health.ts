import type { RouteGroup } from '../http/route.js'

/** `GET /healthz`: 200 once the server is ready for requests, 503 before and while it shuts down. */
export const healthRoutes = (isReady: () => boolean, encodeError: RouteGroup['encodeError']): RouteGroup => ({
  encodeError,
  routes: [
    {
      method: 'GET',
      path: '/healthz',
      handle: () =>
        isReady()
          ? Response.json({ status: 'ok' })
          : Response.json({ status: 'unavailable' }, { status: 503, headers: { 'retry-after': '1' } }),
    },
  ],
})
