import { type Attachment, type Page, ParleyError, type ThreadItem } from '@parley/protocol'
import { fileIdsInText, replaceAddresses } from '../base/file-address.js'
import type { AttachmentStore } from './attachment-store.js'
import type { Call } from './engine.js'
import type { Parts } from './parts.js'

export async function createAttachment<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  file: { name: string; size: number; mime_type: string },
): Promise<Attachment> {
  const attachment = await attachmentStore(parts).createAttachment(file, context)
  await parts.store.saveAttachment(attachment, context)
  return visibleAttachment(attachment)
}

export async function deleteAttachment<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  attachmentId: string,
): Promise<void> {
  const files = attachmentStore(parts)
  await parts.store.loadAttachment(attachmentId, context)
  await files.deleteAttachment(attachmentId, context)
  await parts.store.deleteAttachment(attachmentId, context)
}

const PAGE = 500

/** Removes a thread with the files of its messages. A file that was sent again in another thread stays there. */
export async function deleteThreadAndFiles<Context>(parts: Parts<Context>, context: Context, threadId: string) {
  const ids = parts.attachments ? await fileIdsOf(parts, context, threadId) : []
  await parts.store.deleteThread(threadId, context)
  await deleteFiles(parts, context, { threadId, ids })
}

/** Removes the files of messages that have gone, but those that another message of the thread shows too. */
export async function deleteFilesOfRemoved<Context>(
  parts: Parts<Context>,
  context: Context,
  { threadId, removed }: { threadId: string; removed: ThreadItem[] },
) {
  const ids = parts.attachments ? removed.flatMap(fileIdsIn) : []
  if (ids.length === 0) return
  const kept = await fileIdsOf(parts, context, threadId)
  await deleteFiles(parts, context, { threadId, ids: ids.filter((id) => !kept.has(id)) })
}

async function deleteFiles<Context>(
  { store, attachments: files, log }: Parts<Context>,
  context: Context,
  { threadId, ids }: { threadId: string; ids: Iterable<string> },
) {
  for (const id of ids) {
    try {
      const { thread_id } = await store.loadAttachment(id, context)
      if (thread_id !== threadId) continue
      await files?.deleteAttachment(id, context)
      await store.deleteAttachment(id, context)
    } catch (cause) {
      if (cause instanceof ParleyError && cause.code === 'attachment_not_found') continue
      log.error('A file of a deleted message could not be removed.', { attachmentId: id, cause })
    }
  }
}

async function fileIdsOf<Context>({ store }: Parts<Context>, context: Context, threadId: string): Promise<Set<string>> {
  const ids = new Set<string>()
  let after: string | undefined
  do {
    const page = await store.loadThreadItems(threadId, { limit: PAGE, order: 'asc', ...(after && { after }) }, context)
    for (const id of page.data.flatMap(fileIdsIn)) ids.add(id)
    after = page.has_more ? page.after : undefined
  } while (after !== undefined)
  for (const { item } of (await store.loadLeftItems?.(threadId, context)) ?? [])
    for (const id of fileIdsIn(item)) ids.add(id)
  return ids
}

const fileIdsIn = (item: ThreadItem): string[] =>
  item.type === 'user_message' ? item.attachments.map(({ id }) => id) : fileIdsInText(shownText(item))

/** Where an item that is not a message may show files that an app made. */
function shownText(item: ThreadItem): string {
  if (item.type === 'widget') return JSON.stringify(item.widget)
  return item.type === 'generated_image' ? (item.image?.url ?? '') : ''
}

/** Items as they are read now: the addresses of their attachments are made anew, where they do not last. */
export async function presentItems<Context>(
  { attachments: files }: Parts<Context>,
  context: Context,
  page: Page<ThreadItem>,
): Promise<Page<ThreadItem>> {
  if (!files?.presentAttachment) return page
  if (!page.data.some((item) => fileIdsIn(item).length > 0)) return page
  const present = async (item: ThreadItem): Promise<ThreadItem> =>
    item.type === 'user_message'
      ? { ...item, attachments: await presentAttachments(files, item.attachments, context) }
      : presentMade(files, item, context)
  return { ...page, data: await Promise.all(page.data.map(present)) }
}

/** An item with files that an app made, at new addresses. They reach what their reader may read, whoever wrote them. */
async function presentMade<Context>(files: AttachmentStore<Context>, item: ThreadItem, context: Context) {
  const ids = files.addressOf ? fileIdsIn(item) : []
  if (ids.length === 0) return item
  const addresses = new Map(
    await Promise.all(ids.map(async (id) => [id, (await files.addressOf?.(id, context)) ?? ''] as const)),
  )
  const text = replaceAddresses(JSON.stringify(item), (id) => addresses.get(id) ?? '')
  return JSON.parse(text) as ThreadItem // an address for an address: the item is what it was
}

/** Attachments as a message shows them. */
export async function presentAttachments<Context>(
  files: AttachmentStore<Context> | undefined,
  attachments: Attachment[],
  context: Context,
): Promise<Attachment[]> {
  const present = async (attachment: Attachment) =>
    visibleAttachment((await files?.presentAttachment?.(attachment, context)) ?? attachment)
  return Promise.all(attachments.map(present))
}

/** The attachment as it is sent and as it stands in a message: its metadata is the server's own. */
export function visibleAttachment({ metadata: _, ...attachment }: Attachment): Attachment {
  return attachment
}

function attachmentStore<Context>({ attachments }: Parts<Context>): AttachmentStore<Context> {
  if (attachments) return attachments
  throw new ParleyError('not_configured', 'This server takes no attachments: it was started without a place for files.')
}
