import { searchValues, startsWith } from '../../../engine/search-values.js'
import type { KeptValue } from '../../../engine/user-values.js'
import { readJson, readOptionalJson } from '../../../http/body.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { callerRoute } from '../caller-route.js'
import { decodeQuery } from '../decode-query.js'
import type { XpertCaller, XpertParts } from '../routes.js'
import { encodeItem } from './encode.js'
import * as about from './routes-schema.js'
import { itemNameSchema, itemPutSchema, itemQuerySchema, itemSearchSchema, namespaceSearchSchema } from './schema.js'

/** What a user's clients keep in no thread. */
export function storeRoutes<Context>(parts: XpertParts<Context>): Route[] {
  const { values } = parts
  const nowIso = () => parts.clock.now().toISOString()

  /** Who reads a value wants it for longer, unless it is said otherwise. */
  async function refresh(found: KeptValue[], { principal }: XpertCaller<Context>, given: boolean | null | undefined) {
    if (given === false) return
    for (const one of found) if (one.ttl_minutes !== undefined) await values.refresh(one, principal, nowIso())
  }

  return [
    callerRoute(parts, {
      method: 'PUT',
      path: '/store/items',
      description: about.putItem,
      audited: true,
      async handle(request, { caller }) {
        const { namespace, key, value, ttl, index } = checkBody(itemPutSchema, await readJson(request))
        const now = nowIso()
        const kept = { ttl_minutes: ttl ?? undefined, index: index ?? undefined }
        await values.put({ namespace, key, value, created_at: now, updated_at: now, ...kept }, caller.principal)
        return new Response(null, { status: 204 })
      },
    }),
    callerRoute(parts, {
      method: 'GET',
      path: '/store/items',
      description: about.getItem,
      async handle(request, { caller }) {
        const { namespace = '', key, refresh_ttl } = checkBody(itemQuerySchema, decodeQuery(request))
        const found = await values.load({ namespace: namespace.split('.'), key }, caller.principal, nowIso())
        if (!found) return Response.json(null)
        await refresh([found], caller, refresh_ttl)
        return Response.json(encodeItem(found))
      },
    }),
    callerRoute(parts, {
      method: 'DELETE',
      path: '/store/items',
      description: about.deleteItem,
      audited: true,
      async handle(request, { caller }) {
        const { namespace, key } = checkBody(itemNameSchema, await readJson(request))
        await values.delete({ namespace, key }, caller.principal)
        return new Response(null, { status: 204 })
      },
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/store/items/search',
      description: about.searchItems,
      async handle(request, { caller }) {
        const body = checkBody(itemSearchSchema, await readJson(request))
        const words = (body.query ?? '').split(/\s+/).filter(Boolean)
        const search = { prefix: body.namespace_prefix, filter: body.filter, words, now: nowIso() }
        const found: KeptValue[] = []
        for await (const one of searchValues(values, search, caller.principal)) {
          found.push(one)
          if (found.length >= body.offset + body.limit) break
        }
        const shown = found.slice(body.offset, body.offset + body.limit)
        await refresh(shown, caller, body.refresh_ttl)
        return Response.json({ items: shown.map(encodeItem) })
      },
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/store/namespaces',
      description: about.listNamespaces,
      async handle(request, { caller }) {
        const { prefix, suffix, max_depth, limit, offset } = checkBody(
          namespaceSearchSchema,
          await readOptionalJson(request),
        )
        const found = new Map<string, string[]>()
        for await (const { namespace } of searchValues(values, { prefix, now: nowIso() }, caller.principal)) {
          if (!startsWith(namespace.toReversed(), (suffix ?? []).toReversed())) continue
          const shown = namespace.slice(0, max_depth ?? undefined)
          found.set(JSON.stringify(shown), shown)
        }
        return Response.json({ namespaces: [...found.values()].slice(offset, offset + limit) })
      },
    }),
  ]
}
