import { ParleyError } from '@parley/protocol'
import type { Scope } from '../storage/store.js'
import type { ServerStore } from '../storage/workspace-store.js'
import { decodeItem, decodeThread, keepUnknown } from './decode.js'
import type { HostedItem, HostedObject, HostedThread } from './hosted-objects.js'

/** What was found and what was done with it. */
export interface MoveInReport {
  threads: { added: number; present: number }
  items: { added: number; present: number }
  users: number
  /** Files that are named in messages; their bytes stay behind. */
  files: number
  /** Items of kinds that are not known here, by kind; each is kept, hidden. */
  unknown: Record<string, number>
  /** Items whose thread did not come before them; they were left out. */
  strays: number
}

export interface MoveInOptions {
  store: ServerStore
  workspaceId: string
  /** The app whose threads they become. */
  appId: string
  /** Is told after every thread. */
  onProgress?(report: MoveInReport): void
}

const PAGE = 500

/**
 * Writes threads and their items, in the order they come in, under the ids and with the times they have. What is here
 * already stays as it is, so that it can be run again: after it broke off, or for what has been added since.
 */
export async function moveIn(objects: AsyncIterable<HostedObject>, options: MoveInOptions): Promise<MoveInReport> {
  const report: MoveInReport = {
    threads: { added: 0, present: 0 },
    items: { added: 0, present: 0 },
    users: 0,
    files: 0,
    unknown: {},
    strays: 0,
  }
  const users = new Set<string>()
  const owners = new Map<string, Scope>()
  let current: { id: string; known: Set<string> } | undefined
  for await (const object of objects) {
    if (object.object === 'chatkit.thread') {
      if (current) options.onProgress?.(report)
      const owner = { workspaceId: options.workspaceId, userId: object.user, appId: options.appId }
      users.add(object.user)
      report.users = users.size
      owners.set(object.id, owner)
      current = { id: object.id, known: await openThread(options.store, object, owner, report) }
      continue
    }
    const owner = owners.get(object.thread_id)
    if (!owner) {
      report.strays += 1
      continue
    }
    // A dump may hold the items of several threads behind all of these.
    if (current?.id !== object.thread_id)
      current = { id: object.thread_id, known: await itemIdsOf(options.store, object.thread_id, owner) }
    await addItem(options.store, { item: object, owner, known: current.known }, report)
  }
  if (current) options.onProgress?.(report)
  return report
}

/** @returns the ids of the items it has */
async function openThread(
  store: ServerStore,
  thread: HostedThread,
  owner: Scope,
  { threads }: MoveInReport,
): Promise<Set<string>> {
  try {
    await store.loadThread(thread.id, owner)
    threads.present += 1
    return await itemIdsOf(store, thread.id, owner)
  } catch (thrown) {
    if (!(thrown instanceof ParleyError && thrown.code === 'thread_not_found')) throw thrown
    await store.saveThread(decodeThread(thread), owner)
    threads.added += 1
    return new Set()
  }
}

async function itemIdsOf(store: ServerStore, threadId: string, owner: Scope): Promise<Set<string>> {
  const ids = new Set<string>()
  for (let after: string | undefined, more = true; more; ) {
    const page = { limit: PAGE, order: 'asc' as const, ...(after !== undefined && { after }) }
    const found = await store.loadThreadItems(threadId, page, owner)
    for (const { id } of found.data) ids.add(id)
    after = found.after
    more = found.has_more
  }
  return ids
}

async function addItem(
  store: ServerStore,
  { item, owner, known }: { item: HostedItem; owner: Scope; known: Set<string> },
  report: MoveInReport,
): Promise<void> {
  const decoded = decodeItem(item)
  if (!decoded) report.unknown[item.type] = (report.unknown[item.type] ?? 0) + 1
  if (decoded?.type === 'user_message') report.files += decoded.attachments.length
  if (known.has(item.id)) {
    report.items.present += 1
    return
  }
  await store.addThreadItem(item.thread_id, decoded ?? keepUnknown(item), owner)
  known.add(item.id)
  report.items.added += 1
}
