import { type Attachment, ParleyError } from '@parley/protocol'
import type { AttachmentSweep, Scope } from '../store.js'
import { NOBODY, type OwnedAttachment } from '../workspace-store.js'
import { ownerKeys, toKey } from './keys.js'
import { rememberUser } from './long-ids.js'
import { all, first, type Script, type SqlDriver, sql } from './script.js'

/*
 * `unsent_since` follows a file on its way: empty when it was uploaded, the time of the first sweep that found it in no
 * message, null once a message has it. `removed` is a file that a sweep takes away; such a row looks missing and stays
 * until the sweep after, so that a message that was about to take the file fails instead of showing nothing.
 */
const ATTACHMENT = 'workspace_id = $1 and user_id = $2 and app_id = $3 and id = $4'
const NOT_REMOVED = "unsent_since is distinct from 'removed'"

const load = sql<{ document: string }>(
  `select document from attachments where ${ATTACHMENT} and attachments.${NOT_REMOVED}`,
)
const save = sql<{ id: string }>(
  `insert into attachments (workspace_id, user_id, app_id, id, document, unsent_since)
   values ($1, $2, $3, $4, $5, $6)
   on conflict (workspace_id, user_id, app_id, id) do update set
     document = excluded.document,
     unsent_since = case when excluded.unsent_since is null then null else attachments.unsent_since end
   where attachments.${NOT_REMOVED}
   returning id`,
)
const find = sql<{ document: string }>(
  `select document from attachments where workspace_id = $1 and app_id = $2 and id = $3 and ${NOT_REMOVED}`,
)
const findOfUser = sql<{ app_id: string; document: string }>(
  `select app_id, document from attachments where workspace_id = $1 and user_id = $2 and id = $3 and ${NOT_REMOVED}`,
)
const claim = sql(
  `update attachments set user_id = $2, app_id = $3
   where workspace_id = $1 and user_id in ('${NOBODY}', $2) and app_id in ('${NOBODY}', $3) and id = $4 and ${NOT_REMOVED}`,
)
const remove = sql(`delete from attachments where ${ATTACHMENT}`)
const notice = sql("update attachments set unsent_since = $1 where unsent_since = ''")
const claimOld = sql<{ document: string }>(
  "update attachments set unsent_since = 'removed' where unsent_since <> '' and unsent_since < $1 returning document",
)
const loadRemoved = sql<RemovedRow>(
  "select workspace_id, user_id, app_id, id, document from attachments where unsent_since = 'removed'",
)

interface RemovedRow {
  workspace_id: string
  user_id: string
  app_id: string
  id: string
  document: string
}

export function* saveAttachment(attachment: Attachment, scope: Scope): Script<void> {
  yield* rememberUser(scope.userId)
  const unsentSince = attachment.thread_id === undefined ? '' : null
  const values = [...ownerKeys(scope), toKey(attachment.id), JSON.stringify(attachment), unsentSince]
  if (!(yield* first(save, values))) throw missing()
}

export function* loadAttachment(attachmentId: string, scope: Scope): Script<Attachment> {
  const row = yield* first(load, [...ownerKeys(scope), toKey(attachmentId)])
  if (!row) throw missing()
  return toAttachment(row)
}

export function* findAttachment(attachmentId: string, workspaceId: string, appId: string): Script<Attachment | null> {
  const row = yield* first(find, [toKey(workspaceId), toKey(appId), toKey(attachmentId)])
  return row ? toAttachment(row) : null
}

export function* findUsersAttachment(
  attachmentId: string,
  { workspaceId, userId }: Omit<Scope, 'appId'>,
): Script<OwnedAttachment | null> {
  const row = yield* first(findOfUser, [toKey(workspaceId), toKey(userId), toKey(attachmentId)])
  return row ? { attachment: toAttachment(row), owner: { workspaceId, userId, appId: row.app_id } } : null
}

export function* claimAttachment(attachmentId: string, owner: Scope): Script<void> {
  yield* all(claim, [...ownerKeys(owner), toKey(attachmentId)])
}

export function* deleteAttachment(attachmentId: string, scope: Scope): Script<void> {
  yield* all(remove, [...ownerKeys(scope), toKey(attachmentId)])
}

/** One sweep: forgets what the last one took away, then takes away what has waited too long. */
export async function sweepAttachments({ run }: SqlDriver, sweep: AttachmentSweep): Promise<number> {
  for (const row of await run(() => all(loadRemoved, []))) {
    await sweep.remove(toAttachment(row).id) // once more: the last sweep may have failed to
    await run(() => all(remove, [row.workspace_id, row.user_id, row.app_id, row.id]))
  }
  await run(() => all(notice, [sweep.now]))
  const old = await run(() => all(claimOld, [sweep.before]))
  for (const row of old) await sweep.remove(toAttachment(row).id)
  return old.length
}

const toAttachment = ({ document }: { document: string }) => JSON.parse(document) as Attachment // written by saveAttachment

const missing = () => new ParleyError('attachment_not_found', 'There is no such attachment.')
