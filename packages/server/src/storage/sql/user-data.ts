import { type Attachment, type Page, ParleyError } from '@parley/protocol'
import type { Order, PageQuery, RunRecord, Scope } from '../store.js'
import type { AttachmentPlace, OwnedAttachment } from '../workspace-store.js'
import { toKey } from './keys.js'
import { OPEN_END, type Place } from './page.js'
import { RUN_ROW, type RunRow, toRun } from './runs.js'
import { all, first, type Script, type Statement, sql } from './script.js'
import { THREAD, threadKeys } from './threads.js'

/** What is kept of one user, besides the threads and items every store can list. */

const ofThread = `thread = (select sequence from threads where ${THREAD})`
const findRun = sql<{ sequence: Place }>(`select sequence from runs where ${ofThread} and id = $5`)
const runPages: Record<Order, Statement<RunRow>> = {
  asc: sql(`select ${RUN_ROW} from runs where ${ofThread} and sequence > $5 order by sequence limit $6`),
  desc: sql(`select ${RUN_ROW} from runs where ${ofThread} and sequence < $5 order by sequence desc limit $6`),
}

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
/** Another workspace may have a user of the same name. */
const removeName = sql(
  `delete from long_ids where digest = $1
    ${['threads', 'attachments', 'sessions'].map((table) => `and not exists (select 1 from ${table} where user_id = $1)`).join(' ')}`,
)

export function* listRuns(threadId: string, { limit, order, after }: PageQuery, owner: Scope): Script<Page<RunRecord>> {
  const thread = threadKeys(threadId, owner)
  const start = after === undefined ? OPEN_END[order] : (yield* first(findRun, [...thread, toKey(after)]))?.sequence
  if (start === undefined) throw new ParleyError('invalid_cursor', '`after` is not the id of a run of this thread.')
  const rows = yield* all(runPages[order], [...thread, start, limit + 1])
  const data = rows.slice(0, limit).map(toRun)
  return rows.length > limit ? { data, has_more: true, after: data.at(-1)?.id } : { data, has_more: false }
}

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
  const removed = yield* all(removeSessions, [toKey(workspaceId), toKey(userId)])
  const key = toKey(userId)
  if (key !== userId) yield* all(removeName, [key])
  return removed.length
}
