import { holdsJson } from '../../../base/json.js'
import { quietCall } from '../../../engine/caller-threads.js'
import { notesOf } from '../../../engine/notes.js'
import type { OwnedThread } from '../../../engine/user-threads.js'
import type { XpertCaller, XpertParts } from '../routes.js'
import { encodeMetadata, encodeThread, type ThreadParts } from './encode.js'
import type { ThreadFilter } from './schema.js'

const PAGE = 100

/** The caller's threads that fit, newest first, as far back as its session lists them. */
export async function* fittingThreads<Context>(
  parts: XpertParts<Context>,
  caller: XpertCaller<Context>,
  filter: ThreadFilter,
): AsyncGenerator<ThreadParts> {
  let left = listedThreads(caller)
  let after: string | undefined
  do {
    const page = await parts.threads.list({ limit: PAGE, order: 'desc', ...(after && { after }) }, caller.within)
    for (const owned of page.data) {
      if (left <= 0) return
      left -= 1
      if (!fitsByItself(owned, filter)) continue
      const found = await withRun(parts, caller, owned)
      if (!filter.status || encodeThread(found).status === filter.status) yield found
    }
    after = page.has_more ? page.after : undefined
  } while (after !== undefined)
}

/** How many of the newest threads a caller may list: what a session says of the history counts here too. */
function listedThreads<Context>({ principal: { session } }: XpertCaller<Context>): number {
  if (!session) return Number.POSITIVE_INFINITY
  const { enabled, recent_threads } = session.rules.history
  return enabled ? (recent_threads ?? Number.POSITIVE_INFINITY) : 0
}

function fitsByItself(owned: OwnedThread, { ids, metadata, values }: ThreadFilter): boolean {
  if (ids && ids.length > 0 && !ids.includes(owned.thread.id)) return false
  if (values && !holdsJson(notesOf(owned.thread).state ?? {}, values)) return false
  return !metadata || holdsJson(encodeMetadata(owned), metadata)
}

export async function withRun<Context>(
  { engine }: XpertParts<Context>,
  caller: XpertCaller<Context>,
  { thread, owner }: OwnedThread,
): Promise<ThreadParts> {
  const { run } = await engine.readThread(quietCall(caller, owner.appId), thread.id)
  return { thread, owner, run }
}
