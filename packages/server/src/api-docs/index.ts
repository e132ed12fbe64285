import type { LateRouteGroup } from '../http/route.js'
import { DOCS_PATH } from './path.js'
import type { ApiDocsParts } from './routes.js'

export type { AppFacts } from './app-facts.js'
export type { ApiDocsParts, Reader } from './routes.js'

/** The documentation made for each app. Loaded by its first reader. */
export const apiDocs = (parts: ApiDocsParts): LateRouteGroup => ({
  prefix: DOCS_PATH,
  load: async () => (await import('./routes.js')).docsRoutes(parts),
})
