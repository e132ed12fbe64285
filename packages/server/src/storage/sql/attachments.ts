import { type Attachment, ParleyError } from '@parley/protocol'
import type { Scope } from '../store.js'
import { ownerKeys, toKey } from './keys.js'
import { all, first, type Script, sql } from './script.js'

const ATTACHMENT = 'workspace_id = $1 and user_id = $2 and app_id = $3 and id = $4'

const load = sql<{ document: string }>(`select document from attachments where ${ATTACHMENT}`)
const save = sql(
  `insert into attachments (workspace_id, user_id, app_id, id, document) values ($1, $2, $3, $4, $5)
   on conflict (workspace_id, user_id, app_id, id) do update set document = excluded.document`,
)
const remove = sql(`delete from attachments where ${ATTACHMENT}`)

export function* saveAttachment(attachment: Attachment, scope: Scope): Script<void> {
  yield* all(save, [...ownerKeys(scope), toKey(attachment.id), JSON.stringify(attachment)])
}

export function* loadAttachment(attachmentId: string, scope: Scope): Script<Attachment> {
  const row = yield* first(load, [...ownerKeys(scope), toKey(attachmentId)])
  if (!row) throw new ParleyError('attachment_not_found', 'There is no such attachment.')
  return JSON.parse(row.document) as Attachment // written by saveAttachment
}

export function* deleteAttachment(attachmentId: string, scope: Scope): Script<void> {
  yield* all(remove, [...ownerKeys(scope), toKey(attachmentId)])
}
