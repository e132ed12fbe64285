import type { z } from 'zod'
import { createComponents, type Json } from '../components.js'
import type { DocumentedApi } from '../documented-api.js'

/** The schemas of a page: each exchange's own, and those with names. */
export interface DrawnSchemas {
  of(schema: z.ZodType, direction: 'sent' | 'got'): Json
  named: Record<string, Json>
}

/** All schemas of an API. What a reference is called is known once all have been seen. */
export function drawnSchemas(api: DocumentedApi): DrawnSchemas {
  const components = createComponents()
  const places = { sent: new Map<z.ZodType, string>(), got: new Map<z.ZodType, string>() }
  const seen: Json = {}
  const keep = (direction: 'sent' | 'got', schema: z.ZodType | undefined) => {
    if (!schema || places[direction].has(schema)) return
    const place = `${direction}${places[direction].size}`
    places[direction].set(schema, place)
    seen[place] = components[direction](schema)
  }
  for (const { description, variants } of api.routes)
    for (const { query, body, form, answer, events, lines } of [description, ...variants]) {
      for (const schema of [query, body, form]) keep('sent', schema)
      for (const schema of [answer, events, lines]) keep('got', schema)
    }
  keep('got', api.error)
  const { document, schemas } = components.finish(seen)
  const resolve = (json: Json): Json => {
    const name = typeof json.$ref === 'string' ? json.$ref.split('/').at(-1) : undefined
    return (name !== undefined && (schemas[name] as Json)) || json // named schemas are JSON schemas
  }
  return {
    of: (schema, direction) => resolve(document[places[direction].get(schema) ?? ''] as Json), // kept above
    named: schemas as Record<string, Json>, // likewise
  }
}
