import type { Exchange } from '../../http/route-description.js'
import type { DocumentedApi, DocumentedRoute } from '../documented-api.js'
import { slug } from './text.js'

/** One thing a caller can do, as the page has it. */
export interface Entry {
  api: DocumentedApi
  route: DocumentedRoute
  exchange: Exchange
  /** Where it stands on the page of its API. */
  id: string
  title: string
}

/** A heading and what stands under it. */
export interface Section {
  title: string
  entries: Entry[]
  /** Addresses that take the same operations as one before. */
  also: DocumentedRoute[]
}

/** The operations of an API under their headings. What several addresses take alike is told once. */
export function sectionsOf(api: DocumentedApi): Section[] {
  const sections = new Map<string, Section>()
  const told = new Set<unknown>()
  for (const route of api.routes) {
    const { group, id, summary } = route.description
    const section = sections.get(group) ?? { title: group, entries: [], also: [] }
    sections.set(group, section)
    const { variants } = route
    const family = route.description.variants
    if (family && told.has(family)) {
      section.also.push(route)
      continue
    }
    told.add(family)
    const base = { api, route }
    if (variants.length === 0)
      section.entries.push({ ...base, exchange: route.description, id: slug(id), title: headline(summary) })
    else
      section.entries.push(
        ...variants.map((variant) => ({
          ...base,
          exchange: { ...route.description, ...variant },
          id: slug(`${id}-${variant.name}`),
          title: headline(variant.summary),
        })),
      )
  }
  const placeOf = ({ title }: Section) => api.groups.indexOf(title)
  return [...sections.values()].sort((a, b) => placeOf(a) - placeOf(b))
}

/** How callers address it: `POST /v1/chatkit/sessions`, and the `type` where the body says which operation. */
export const addressOf = ({ route, exchange }: Entry): { method: string; path: string; name?: string } => ({
  method: route.method,
  path: route.path.replace(/:(\w+)/g, '{$1}'),
  ...('name' in exchange && { name: String(exchange.name) }),
})

/** A sentence as a heading. */
const headline = (summary: string) => summary.replace(/\.$/, '')
