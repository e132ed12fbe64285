import type { RunTrace } from '@parley/protocol'
import { mergeTraces } from '../merge-traces.js'
import type { RunRecord } from '../store.js'
import type { Place } from './page.js'
import { all, first, type Script, sql } from './script.js'

const loadEarlier = sql<{ started_at: string; summary: string; spans: string }>(
  'select started_at, summary, spans from run_traces where run = $1',
)
const save = sql(
  `insert into run_traces (run, started_at, summary, spans) values ($1, $2, $3, $4)
   on conflict (run) do update set summary = excluded.summary, spans = excluded.spans`,
)
/** With the end of a run, in its transaction. A run that waited, or was cut off, has done something before. */
export function* saveTrace(place: Place, { attempt, created_at, ended_at }: RunRecord, trace: RunTrace): Script<void> {
  const row = attempt > 1 ? yield* first(loadEarlier, [place]) : undefined
  const whole = row ? mergeTraces(toTrace(row), trace, laterBy(row.started_at, ended_at, trace)) : trace
  const values = [row?.started_at ?? created_at, JSON.stringify(whole.summary), JSON.stringify(whole.spans)]
  yield* all(save, [place, ...values])
}

/** How long after the first attempt the latest one began. */
const laterBy = (startedAt: string, endedAt: string | undefined, { summary }: RunTrace): number =>
  Math.max(0, Date.parse(endedAt ?? startedAt) - summary.duration_ms - Date.parse(startedAt))

const toTrace = ({ summary, spans }: { summary: string; spans: string }): RunTrace => ({
  summary: JSON.parse(summary), // both written by saveTrace
  spans: JSON.parse(spans),
})
