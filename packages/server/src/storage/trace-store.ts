import type { Page, RunStatus, RunTrace, TraceSummary } from '@parley/protocol'
import type { PageQuery, RunRecord, Scope } from './store.js'

/** Which runs of a workspace; times are ISO 8601. */
export interface TraceFilter {
  appId?: string | undefined
  userId?: string | undefined
  threadId?: string | undefined
  status?: RunStatus | undefined
  /** Only runs that began then or later. */
  since?: string | undefined
  /** Only runs that began before. */
  until?: string | undefined
}

/** A run, whose it is, and what it took, as far as that is kept. */
export interface TracedRun {
  run: RunRecord
  owner: Scope
  summary: TraceSummary | null
}

/** What runs did. It is written with their end (`RunWrites.trace`), and goes with them. */
export interface TraceStore {
  /** By the order of their start. @throws {ParleyError} `invalid_cursor` for an unknown `after` */
  listTraces(workspaceId: string, page: PageQuery, filter: TraceFilter): Promise<Page<TracedRun>>
  /** `null`: there is no such run in this workspace. `spans` is empty where none are kept. */
  loadTrace(workspaceId: string, runId: string): Promise<(TracedRun & Pick<RunTrace, 'spans'>) | null>
  /** Forgets what runs did that began before `time`, at most `limit` of them; the runs stay. @returns how many */
  deleteTracesBefore(time: string, limit: number): Promise<number>
}
