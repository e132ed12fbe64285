import { type Page, ParleyError, type RunStatus, type ThreadItem } from '@parley/protocol'
import { cutOffTrace } from '../cut-off-trace.js'
import { searchTextOf } from '../search-text.js'
import type { Order, PageQuery, QueuedRun, RunRecord, RunWrites, Scope } from '../store.js'
import { hasVisibleText } from '../visible-text.js'
import { saveAttachment } from './attachments.js'
import { addThreadItem, deleteThreadItem } from './items.js'
import { ownerKeys, toKey } from './keys.js'
import { keepLeftItem, takeBackItem } from './left-items.js'
import { originalId } from './long-ids.js'
import { OPEN_END, type Place } from './page.js'
import { addRunEnd } from './run-ends.js'
import { saveTrace } from './save-trace.js'
import { all, first, type Script, type Statement, sql } from './script.js'
import { loadThread, saveThread, THREAD, threadKeys } from './threads.js'

/** `status` and `attempt` change without the document being written, so the columns are the truth. */
export interface RunRow {
  document: string
  status: RunStatus
  attempt: number
}

const RUN = 'workspace_id = $1 and user_id = $2 and app_id = $3 and id = $4'
const RUN_ROW = 'document, status, attempt'

const load = sql<RunRow>(`select ${RUN_ROW} from runs where ${RUN}`)
const loadByRequest = sql<RunRow>(
  `select ${RUN_ROW} from runs where workspace_id = $1 and user_id = $2 and app_id = $3 and request_id = $4`,
)
const loadLatest = sql<RunRow>(
  `select ${RUN_ROW} from runs where thread = (select sequence from threads where ${THREAD}) and status <> 'queued'
   order by sequence desc limit 1`,
)
const ofThread = `thread = (select sequence from threads where ${THREAD})`
const findRun = sql<{ sequence: Place }>(`select sequence from runs where ${ofThread} and id = $5`)
const runPages: Record<Order, Statement<RunRow>> = {
  asc: sql(`select ${RUN_ROW} from runs where ${ofThread} and sequence > $5 order by sequence limit $6`),
  desc: sql(`select ${RUN_ROW} from runs where ${ofThread} and sequence < $5 order by sequence desc limit $6`),
}
const remove = sql(`delete from runs where ${RUN}`)
const removeQueued = sql<{ sequence: Place }>(`delete from runs where ${RUN} and status = 'queued' returning sequence`)
const insert = sql<{ sequence: Place }>(
  `insert into runs (thread, workspace_id, user_id, app_id, id, request_id, status, attempt, document, started_at)
   select sequence, $1, $2, $3, $5, $6, $7, cast($8 as integer), $9, cast($10 as text) from threads where ${THREAD}
   on conflict do nothing returning sequence`,
)
const claim = sql<RunRow>(
  `update runs set status = 'running', attempt = attempt + 1, partial_items = null
   where ${RUN} and status = 'waiting' returning ${RUN_ROW}`,
)
const keepPartials = sql(
  `update runs set partial_items = $3 where id = $1 and attempt = $2 and status in ('queued', 'running')`,
)
const keepRun = sql(`update runs set document = $3 where id = $1 and attempt = $2 and status in ('queued', 'running')`)
const end = sql<{ sequence: Place }>(
  `update runs set status = $6, document = $7, partial_items = null
   where ${RUN} and attempt = $5 and status in ('queued', 'running', 'waiting') returning sequence`,
)
interface InProgressRow extends RunRow {
  sequence: Place
  thread: Place
  workspace_id: string
  user_id: string
  long_user: string | null
  app_id: string
  partial_items: string | null
}
const loadInProgress = sql<InProgressRow>(
  `select runs.*, long_ids.id as long_user from runs left join long_ids on long_ids.digest = runs.user_id
   where status in ('queued', 'running') order by sequence`,
)
const loadQueued = sql<RunRow & { partial_items: string | null }>(
  `select ${RUN_ROW}, partial_items from runs where status = 'queued' order by sequence`,
)
/** An item that is already there is the finished one: the partial text is older. */
const addSwept = sql('insert into items (thread, id, document, search) values ($1, $2, $3, $4) on conflict do nothing')
const interrupt = sql(`update runs set status = $2, document = $3, partial_items = null where sequence = $1`)

/** The run that a request id started, if it did. */
export function* loadRunByRequest(requestId: string, scope: Scope): Script<RunRecord | null> {
  const row = yield* first(loadByRequest, [...ownerKeys(scope), toKey(requestId)])
  return row ? toRun(row) : null
}

/** `false`: the run's id or request id is taken, and the transaction must be undone. */
export function* insertRun(run: RunRecord, writes: RunWrites, scope: Scope): Script<boolean> {
  if (writes.thread) yield* saveThread(writes.thread, scope)
  else yield* loadThread(run.thread_id, scope)
  const requestKey = run.request_id === undefined ? null : toKey(run.request_id)
  const values = [toKey(run.id), requestKey, run.status, run.attempt, JSON.stringify(run), run.created_at]
  const row = yield* first(insert, [...threadKeys(run.thread_id, scope), ...values])
  if (!row) return false
  yield* write(run.thread_id, writes, scope)
  return true
}

/** The row is a new one: runs stand in the order of their beginning. */
export function* beginRun(run: RunRecord, writes: RunWrites, scope: Scope): Script<boolean> {
  const row = yield* first(removeQueued, [...ownerKeys(scope), toKey(run.id)])
  return row !== undefined && (yield* insertRun(run, writes, scope))
}

export function* claimRun(runId: string, writes: RunWrites, scope: Scope): Script<RunRecord | null> {
  const row = yield* first(claim, [...ownerKeys(scope), toKey(runId)])
  if (!row) return null
  const run = toRun(row)
  if (writes.thread) yield* saveThread(writes.thread, scope)
  yield* write(run.thread_id, writes, scope)
  return run
}

/** Rows are touched in the order of their ids, so that two callers cannot wait for each other. */
export function* savePartials(partials: { runId: string; attempt: number; items: ThreadItem[] }[]): Script<void> {
  const keyed = partials.map(({ runId, ...partial }) => ({ key: toKey(runId), ...partial }))
  keyed.sort((left, right) => (left.key < right.key ? -1 : 1))
  for (const { key, attempt, items } of keyed) yield* all(keepPartials, [key, attempt, JSON.stringify(items)])
}

export function* saveRun(run: RunRecord): Script<void> {
  yield* all(keepRun, [toKey(run.id), run.attempt, JSON.stringify(run)])
}

export function* endRun(run: RunRecord, writes: RunWrites, scope: Scope): Script<boolean> {
  const values = [toKey(run.id), run.attempt, run.status, JSON.stringify(run)]
  const row = yield* first(end, [...ownerKeys(scope), ...values])
  if (!row) return false
  if (writes.thread) yield* saveThread(writes.thread, scope)
  yield* write(run.thread_id, writes, scope)
  if (writes.trace) yield* saveTrace(row.sequence, run, writes.trace)
  if (run.webhook) yield* addRunEnd(run, scope, run.ended_at ?? run.created_at)
  return true
}

export function* changeThread(threadId: string, writes: RunWrites, scope: Scope): Script<void> {
  if (writes.thread) yield* saveThread(writes.thread, scope)
  else yield* loadThread(threadId, scope)
  yield* write(threadId, writes, scope)
}

export function* loadRun(runId: string, scope: Scope): Script<RunRecord> {
  const row = yield* first(load, [...ownerKeys(scope), toKey(runId)])
  if (!row) throw new ParleyError('run_not_found', 'There is no such run.')
  return toRun(row)
}

export function* loadLatestRun(threadId: string, scope: Scope): Script<RunRecord | null> {
  const row = yield* first(loadLatest, threadKeys(threadId, scope))
  return row ? toRun(row) : null
}

export function* loadRuns(threadId: string, { limit, order, after }: PageQuery, scope: Scope): Script<Page<RunRecord>> {
  const thread = threadKeys(threadId, scope)
  const start = after === undefined ? OPEN_END[order] : (yield* first(findRun, [...thread, toKey(after)]))?.sequence
  if (start === undefined) throw new ParleyError('invalid_cursor', '`after` is not the id of a run of this thread.')
  const rows = yield* all(runPages[order], [...thread, start, limit + 1])
  const data = rows.slice(0, limit).map(toRun)
  return rows.length > limit ? { data, has_more: true, after: data.at(-1)?.id } : { data, has_more: false }
}

export function* deleteRun(runId: string, scope: Scope): Script<void> {
  yield* all(remove, [...ownerKeys(scope), toKey(runId)])
}

export function* sweepRuns(now: string, keepsTraces: boolean): Script<number> {
  const rows = (yield* all(loadInProgress, [])).filter((row) => toRun(row).queued === undefined)
  for (const row of rows) {
    const partials = JSON.parse(row.partial_items ?? '[]') as ThreadItem[] // written by savePartials
    for (const item of row.status === 'queued' ? partials : partials.filter(hasVisibleText)) {
      yield* all(addSwept, [row.thread, toKey(item.id), JSON.stringify(item), searchTextOf(item)])
    }
    const { checkpoint_trace, ...begun } = toRun(row)
    const run: RunRecord = { ...begun, status: 'interrupted', ended_at: now }
    yield* all(interrupt, [row.sequence, run.status, JSON.stringify(run)])
    if (keepsTraces) yield* saveTrace(row.sequence, run, cutOffTrace(row.app_id, checkpoint_trace))
    if (run.webhook) yield* addRunEnd(run, ownerOf(row), now)
  }
  return rows.length
}

const ownerOf = ({ workspace_id, user_id, long_user, app_id }: InProgressRow): Scope => ({
  workspaceId: workspace_id,
  userId: originalId(user_id, long_user),
  appId: app_id,
})

/** Those that say how they begin. */
export function* listQueuedRuns(): Script<QueuedRun[]> {
  const rows = yield* all(loadQueued, [])
  return rows
    .map((row) => ({ run: toRun(row), items: JSON.parse(row.partial_items ?? '[]') as ThreadItem[] })) // written by savePartials
    .filter(({ run }) => run.queued !== undefined)
}

/** Everything but the thread, which has to stand before the run does. */
function* write(
  threadId: string,
  { attachments = [], items = [], removedItemIds = [], leftItems = [], returnedItemIds = [] }: RunWrites,
  scope: Scope,
): Script<void> {
  for (const attachment of attachments) yield* saveAttachment(attachment, scope)
  for (const itemId of removedItemIds) yield* deleteThreadItem(threadId, itemId, scope)
  for (const left of leftItems) {
    yield* deleteThreadItem(threadId, left.item.id, scope)
    yield* keepLeftItem(threadId, left, scope)
  }
  for (const itemId of returnedItemIds) yield* takeBackItem(threadId, itemId, scope)
  for (const item of items) yield* addThreadItem(threadId, item, scope)
}

export function toRun(row: RunRow): RunRecord {
  const { waiting_item_id, ...document } = JSON.parse(row.document) as RunRecord // written by insertRun or endRun
  const run: RunRecord = { ...document, status: row.status, attempt: row.attempt }
  return row.status === 'waiting' && waiting_item_id !== undefined ? { ...run, waiting_item_id } : run
}
