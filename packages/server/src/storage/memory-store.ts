import { type Attachment, ParleyError, type ThreadItem, type ThreadMetadata } from '@parley/protocol'
import { pageOf } from './page-of.js'
import type { Store } from './store.js'

interface StoredThread {
  metadata: ThreadMetadata
  /** In the order in which they were added; a replaced item keeps its place. */
  items: Map<string, ThreadItem>
}

interface Owned {
  threads: Map<string, StoredThread>
  attachments: Map<string, Attachment>
}

/**
 * Keeps everything in the memory of this process: for tests and first steps.
 *
 * @param ownerOf Names the owner a request's context stands for; two contexts see the same data when the names are equal.
 *
 * @example
 * const store = memoryStore((context: { userId: string }) => context.userId)
 */
export function memoryStore<Context>(ownerOf: (context: Context) => string): Store<Context> {
  const owners = new Map<string, Owned>()

  function ownedBy(context: Context): Owned {
    const owner = ownerOf(context)
    const owned = owners.get(owner) ?? { threads: new Map(), attachments: new Map() }
    owners.set(owner, owned)
    return owned
  }

  function threadOf(threadId: string, context: Context): StoredThread {
    return found(ownedBy(context).threads.get(threadId), 'thread_not_found', 'There is no such thread.')
  }

  return {
    async loadThread(threadId, context) {
      return structuredClone(threadOf(threadId, context).metadata)
    },
    async saveThread(thread, context) {
      const { threads } = ownedBy(context)
      const items = threads.get(thread.id)?.items ?? new Map()
      threads.set(thread.id, { metadata: structuredClone(thread), items })
    },
    async loadThreads(query, context) {
      const threads = [...ownedBy(context).threads.values()]
      return pageOf(
        threads.map(({ metadata }) => metadata),
        query,
      )
    },
    async deleteThread(threadId, context) {
      ownedBy(context).threads.delete(threadId)
    },

    async loadThreadItems(threadId, query, context) {
      return pageOf([...threadOf(threadId, context).items.values()], query)
    },
    async addThreadItem(threadId, item, context) {
      threadOf(threadId, context).items.set(item.id, structuredClone(item))
    },
    async saveItem(threadId, item, context) {
      const items = ownedBy(context).threads.get(threadId)?.items
      found(items?.get(item.id), 'item_not_found', 'There is no such item in this thread.')
      items?.set(item.id, structuredClone(item))
    },
    async loadItem(threadId, itemId, context) {
      const item = ownedBy(context).threads.get(threadId)?.items.get(itemId)
      return structuredClone(found(item, 'item_not_found', 'There is no such item in this thread.'))
    },
    async deleteThreadItem(threadId, itemId, context) {
      ownedBy(context).threads.get(threadId)?.items.delete(itemId)
    },

    async saveAttachment(attachment, context) {
      ownedBy(context).attachments.set(attachment.id, structuredClone(attachment))
    },
    async loadAttachment(attachmentId, context) {
      const attachment = ownedBy(context).attachments.get(attachmentId)
      return structuredClone(found(attachment, 'attachment_not_found', 'There is no such attachment.'))
    },
    async deleteAttachment(attachmentId, context) {
      ownedBy(context).attachments.delete(attachmentId)
    },
  }
}

type NotFound = 'thread_not_found' | 'item_not_found' | 'attachment_not_found'

function found<Entry>(entry: Entry | undefined, code: NotFound, message: string): Entry {
  if (entry === undefined) throw new ParleyError(code, message)
  return entry
}
