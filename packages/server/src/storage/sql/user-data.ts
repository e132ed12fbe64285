import type { Attachment } from '@parley/protocol'
import type { AttachmentPlace, OwnedAttachment } from '../workspace-store.js'
import { forgetCrons } from './crons.js'
import { toKey } from './keys.js'
import type { Place } from './page.js'
import { forgetRunEnds } from './run-ends.js'
import { all, type Script, sql } from './script.js'
import { USER_TABLES } from './user-tables.js'

/** What is kept of one user, besides the threads, items and runs every store can list. */

interface AttachmentRow {
  app_id: string
  document: string
}
const OF_USER = 'workspace_id = $1 and user_id = $2'
const firstAttachments = sql<AttachmentRow>(
  `select app_id, document from attachments where ${OF_USER} order by app_id, id limit $3`,
)
const nextAttachments = sql<AttachmentRow>(
  `select app_id, document from attachments where ${OF_USER} and (app_id, id) > ($4, $5) order by app_id, id limit $3`,
)

const removeSessions = sql<{ sequence: Place }>(`delete from sessions where ${OF_USER} returning sequence`)
const removeFacts = sql(`delete from user_facts where ${OF_USER}`)
const removeValues = sql(`delete from kept_values where ${OF_USER}`)
/** Another workspace may have a user of the same name. */
const removeName = sql(
  `delete from long_ids where digest = $1
    ${USER_TABLES.map((table) => `and not exists (select 1 from ${table} where user_id = $1)`).join(' ')}`,
)

export function* listAttachments(
  workspaceId: string,
  userId: string,
  { limit, after }: { limit: number; after?: AttachmentPlace },
): Script<OwnedAttachment[]> {
  const user = [toKey(workspaceId), toKey(userId), limit]
  const rows = yield* after
    ? all(nextAttachments, [...user, toKey(after.appId), toKey(after.id)])
    : all(firstAttachments, user)
  return rows.map(({ app_id, document }) => ({
    attachment: JSON.parse(document) as Attachment, // written by saveAttachment
    owner: { workspaceId, userId, appId: app_id },
  }))
}

export function* forgetUser(workspaceId: string, userId: string): Script<number> {
  yield* all(removeFacts, [toKey(workspaceId), toKey(userId)])
  yield* forgetCrons(workspaceId, userId)
  yield* forgetRunEnds(workspaceId, userId)
  const removed = yield* all(removeSessions, [toKey(workspaceId), toKey(userId)])
  yield* all(removeValues, [toKey(workspaceId), toKey(userId)])
  const key = toKey(userId)
  if (key !== userId) yield* all(removeName, [key])
  return removed.length
}
