import { holdsJson } from '../../../base/json.js'
import { readJson } from '../../../http/body.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { callerRoute } from '../caller-route.js'
import { decodeQuery } from '../decode-query.js'
import type { XpertCaller, XpertParts } from '../routes.js'
import * as about from './routes-schema.js'
import { itemNameSchema, itemPutSchema, itemQuerySchema, itemSearchSchema, namespaceSearchSchema } from './schema.js'

const PAGE = 100

/** What a user's clients keep in no thread. */
export function storeRoutes<Context>(parts: XpertParts<Context>): Route[] {
  const { values } = parts

  /** All of the caller's that stand below a namespace, by creation. */
  async function* below({ principal }: XpertCaller<Context>, prefix: readonly string[]) {
    let after: string | undefined
    do {
      const page = await values.list({ limit: PAGE, order: 'asc', ...(after !== undefined && { after }) }, principal)
      for (const one of page.data) if (startsWith(one.namespace, prefix)) yield one
      after = page.has_more ? page.after : undefined
    } while (after !== undefined)
  }

  return [
    callerRoute(parts, {
      method: 'PUT',
      path: '/store/items',
      description: about.putItem,
      audited: true,
      async handle(request, { caller }) {
        const { namespace, key, value } = checkBody(itemPutSchema, await readJson(request))
        const now = parts.clock.now().toISOString()
        await values.put({ namespace, key, value, created_at: now, updated_at: now }, caller.principal)
        return new Response(null, { status: 204 })
      },
    }),
    callerRoute(parts, {
      method: 'GET',
      path: '/store/items',
      description: about.getItem,
      async handle(request, { caller }) {
        const { namespace = '', key } = checkBody(itemQuerySchema, decodeQuery(request))
        return Response.json(await values.load(namespace.split('.'), key, caller.principal))
      },
    }),
    callerRoute(parts, {
      method: 'DELETE',
      path: '/store/items',
      description: about.deleteItem,
      audited: true,
      async handle(request, { caller }) {
        const { namespace, key } = checkBody(itemNameSchema, await readJson(request))
        await values.delete(namespace, key, caller.principal)
        return new Response(null, { status: 204 })
      },
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/store/items/search',
      description: about.searchItems,
      async handle(request, { caller }) {
        const body = checkBody(itemSearchSchema, await readJson(request))
        const words = (body.query ?? '').toLowerCase().split(/\s+/).filter(Boolean)
        const found = []
        for await (const one of below(caller, body.namespace_prefix ?? [])) {
          const text = words.length > 0 ? JSON.stringify(one.value).toLowerCase() : ''
          if (holdsJson(one.value, body.filter ?? {}) && words.every((word) => text.includes(word))) found.push(one)
          if (found.length >= body.offset + body.limit) break
        }
        return Response.json({ items: found.slice(body.offset, body.offset + body.limit) })
      },
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/store/namespaces',
      description: about.listNamespaces,
      async handle(request, { caller }) {
        const { prefix, suffix, max_depth, limit, offset } = checkBody(namespaceSearchSchema, await readJson(request))
        const found = new Map<string, string[]>()
        for await (const { namespace } of below(caller, prefix ?? [])) {
          if (!startsWith(namespace.toReversed(), (suffix ?? []).toReversed())) continue
          const shown = namespace.slice(0, max_depth ?? undefined)
          found.set(JSON.stringify(shown), shown)
        }
        return Response.json({ namespaces: [...found.values()].slice(offset, offset + limit) })
      },
    }),
  ]
}

/** `*` stands for any name. Source: `ListNamespaces` of LangGraph's store. */
const startsWith = (namespace: readonly string[], prefix: readonly string[]) =>
  prefix.length <= namespace.length && prefix.every((name, index) => name === '*' || name === namespace[index])
