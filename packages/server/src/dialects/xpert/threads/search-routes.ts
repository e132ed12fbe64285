import { holdsJson } from '../../../base/json.js'
import { listedThreads, quietCall, type ThreadWithRun, withRun } from '../../../engine/caller-threads.js'
import { loadItems } from '../../../engine/load-items.js'
import { notesOf } from '../../../engine/notes.js'
import type { OwnedThread } from '../../../engine/user-threads.js'
import { readOptionalJson } from '../../../http/body.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { callerRoute } from '../caller-route.js'
import { partOf, sorted } from '../encode-list.js'
import type { XpertCaller, XpertParts } from '../routes.js'
import { encodeMetadata, encodeThread } from './encode.js'
import * as about from './routes-schema.js'
import { type ThreadFilter, threadCountSchema, threadSearchSchema } from './schema.js'

/** Finding threads again. */
export function threadSearchRoutes<Context>(parts: XpertParts<Context>): Route[] {
  const { engine } = parts

  /** The caller's threads that fit, newest first. */
  async function* fitting(caller: XpertCaller<Context>, filter: ThreadFilter): AsyncGenerator<ThreadWithRun> {
    for await (const owned of listedThreads(parts, caller)) {
      if (!fitsByItself(owned, filter)) continue
      const found = await withRun(parts, caller, owned)
      if (!filter.status || encodeThread(found).status === filter.status) yield found
    }
  }

  const encodeWhole = async (caller: XpertCaller<Context>, thread: ThreadWithRun) =>
    encodeThread({
      ...thread,
      items: await loadItems(engine, quietCall(caller, thread.owner.appId), thread.thread.id),
    })

  return [
    callerRoute(parts, {
      method: 'POST',
      path: '/threads/search',
      description: about.searchThreads,
      async handle(request, { caller }) {
        const body = checkBody(threadSearchSchema, await readOptionalJson(request))
        const { limit, offset, sort_by, sort_order, select } = body
        const isNewestFirst = (sort_by ?? 'created_at') === 'created_at' && sort_order !== 'asc'
        const found: ThreadWithRun[] = []
        for await (const thread of fitting(caller, body)) {
          found.push(thread)
          if (isNewestFirst && found.length > offset + limit) break
        }
        const threads = found.map((thread) => ({ ...encodeThread(thread), parts: thread }))
        const inOrder = isNewestFirst ? threads : sorted(threads, sort_by ?? 'created_at', sort_order ?? 'desc')
        const shown = inOrder.slice(offset, offset + limit)
        const withValues = !select || select.includes('values') || select.includes('interrupts')
        const rows = await Promise.all(
          shown.map(({ parts: thread }) => (withValues ? encodeWhole(caller, thread) : encodeThread(thread))),
        )
        return partOf(rows, { offset, hasMore: inOrder.length > offset + limit, select })
      },
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/threads/count',
      description: about.countThreads,
      async handle(request, { caller }) {
        const filter = checkBody(threadCountSchema, await readOptionalJson(request))
        let count = 0
        for await (const _ of fitting(caller, filter)) count += 1
        return Response.json(count)
      },
    }),
  ]
}

function fitsByItself(owned: OwnedThread, { ids, metadata, values }: ThreadFilter): boolean {
  if (ids && ids.length > 0 && !ids.includes(owned.thread.id)) return false
  if (values && !holdsJson(notesOf(owned.thread).state ?? {}, values)) return false
  return !metadata || holdsJson(encodeMetadata(owned), metadata)
}
