import type { LateRouteGroup, Route, RouteGroup } from '../http/route.js'
import type { ApiDescription, RouteDescription, Variant } from '../http/route-description.js'

/** A route with all that is said of it. */
export interface DocumentedRoute {
  method: Route['method']
  path: string
  description: RouteDescription
  /** Empty: it is one operation. */
  variants: readonly Variant[]
}

/** An API as its documentation has it. */
export interface DocumentedApi extends ApiDescription {
  routes: DocumentedRoute[]
}

/** Loads what is said of the routes of a server, by API, in the order of the groups. */
export async function loadApis(groups: readonly (RouteGroup | LateRouteGroup)[]): Promise<DocumentedApi[]> {
  const apis = new Map<string, DocumentedApi>()
  for (const group of groups) {
    const { api, routes } = 'load' in group ? await group.load() : group
    const about = await api?.()
    if (!about) continue
    const known = apis.get(about.id) ?? { ...about, routes: [] }
    known.routes.push(...(await documentRoutes(routes)))
    apis.set(about.id, known)
  }
  return [...apis.values()]
}

export async function documentRoutes(routes: readonly Route[]): Promise<DocumentedRoute[]> {
  const documented: DocumentedRoute[] = []
  for (const { method, path, description } of routes)
    if (description) documented.push({ method, path, description, variants: (await description.variants?.()) ?? [] })
  return documented
}
