import type { Page, RunTrace, TraceSummary } from '@parley/protocol'
import type { PageQuery, RunRecord } from '../store.js'
import type { TracedRun, TraceFilter, TraceStore } from '../trace-store.js'
import { type Filter, filteredPages } from './filtered-pages.js'
import { toKey } from './keys.js'
import { originalId } from './long-ids.js'
import type { Place } from './page.js'
import { type RunRow, toRun } from './runs.js'
import { all, first, type Script, type SqlDriver, sql } from './script.js'

interface Row extends RunRow {
  user_id: string
  app_id: string
  long_user: string | null
  summary: string | null
}

const COLUMNS = `main.document, main.status, main.attempt, main.user_id, main.app_id, long_ids.id as long_user,
  run_traces.summary`
const TABLES = `runs as main left join long_ids on long_ids.digest = main.user_id
  left join run_traces on run_traces.run = main.sequence`
const OF_THREAD = `main.thread in (select threads.sequence from threads
  where threads.workspace_id = main.workspace_id and threads.id = $)`

const readPage = filteredPages<Row>(COLUMNS, TABLES)
const load = sql<Row & { spans: string | null }>(
  `select ${COLUMNS}, run_traces.spans from ${TABLES} where main.workspace_id = $1 and main.id = $2`,
)
const removeOld = sql<{ run: Place }>(
  'delete from run_traces where run in (select run from run_traces where started_at < $1 limit $2) returning run',
)

export const traceStore = ({ run }: SqlDriver): TraceStore => ({
  listTraces: (workspaceId, page, filter) => run(() => listTraces(workspaceId, page, filter)),
  loadTrace: (workspaceId, runId) => run(() => loadTrace(workspaceId, runId)),
  deleteTracesBefore: (time, limit) => run(() => deleteTracesBefore(time, limit)),
})

function* listTraces(workspaceId: string, query: PageQuery, filter: TraceFilter): Script<Page<TracedRun>> {
  const { appId, userId, threadId, status, since, until } = filter
  const filters: Filter[] = [
    ['main.app_id = $', appId && toKey(appId)],
    ['main.user_id = $', userId && toKey(userId)],
    [OF_THREAD, threadId && toKey(threadId)],
    ['main.status = $', status],
    ['main.started_at >= $', since],
    ['main.started_at < $', until],
  ]
  return yield* readPage(query, {
    workspace: toKey(workspaceId),
    filters,
    toKey,
    toEntry: (row) => toTracedRun(row, workspaceId),
    idOf: (traced) => traced.run.id,
  })
}

function* loadTrace(workspaceId: string, runId: string): Script<(TracedRun & Pick<RunTrace, 'spans'>) | null> {
  const row = yield* first(load, [toKey(workspaceId), toKey(runId)])
  return row ? { ...toTracedRun(row, workspaceId), spans: JSON.parse(row.spans ?? '[]') } : null // by saveTrace
}

function* deleteTracesBefore(time: string, limit: number): Script<number> {
  return (yield* all(removeOld, [time, limit])).length
}

const toTracedRun = (row: Row, workspaceId: string): TracedRun => ({
  run: toRun(row),
  owner: { workspaceId, userId: originalId(row.user_id, row.long_user), appId: row.app_id },
  summary: row.summary === null ? null : (JSON.parse(row.summary) as TraceSummary), // by saveTrace
})

const readRuns = sql<{ sequence: Place; document: string }>(
  'select sequence, document from runs where sequence > $1 order by sequence limit 500',
)
const fillStart = sql('update runs set started_at = $2 where sequence = $1')

/** For the migration that adds the column. */
export function* fillRunStarts(): Script<void> {
  for (let last: Place = 0; ; ) {
    const rows: { sequence: Place; document: string }[] = yield* all(readRuns, [last])
    for (const { sequence, document } of rows)
      yield* all(fillStart, [sequence, (JSON.parse(document) as RunRecord).created_at])
    const end = rows.at(-1)
    if (!end) return
    last = end.sequence
  }
}
