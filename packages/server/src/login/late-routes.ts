import { ADMIN_PATH } from '../dialects/admin/path.js'
import type { LateRouteGroup } from '../http/route.js'
import type { LoginRoutesOptions } from './routes.js'

/** Signing in to the studio, and who may: for browsers alone, with a cookie. */
export const loginRoutes = (options: LoginRoutesOptions): LateRouteGroup => ({
  prefix: ADMIN_PATH,
  load: async () => (await import('./routes.js')).loginRouteGroup(options),
})
