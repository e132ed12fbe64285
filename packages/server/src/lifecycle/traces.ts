import { type Page, ParleyError, type TraceSpan } from '@parley/protocol'
import type { PageQuery } from '../storage/store.js'
import type { TracedRun, TraceFilter, TraceStore } from '../storage/trace-store.js'

export type { TracedRun } from '../storage/trace-store.js'

/** The runs of a workspace, and what they did. */
export interface Traces {
  list(workspaceId: string, page: PageQuery, filter: TraceFilter): Promise<Page<TracedRun>>
  /** @throws {ParleyError} `not_found` */
  load(workspaceId: string, runId: string): Promise<TracedRun & { spans: TraceSpan[] }>
}

export const createTraces = (store: TraceStore): Traces => ({
  list: (workspaceId, page, { since, until, ...filter }) =>
    store.listTraces(workspaceId, page, { ...filter, since: toTime(since), until: toTime(until) }),
  async load(workspaceId, runId) {
    const found = await store.loadTrace(workspaceId, runId)
    if (found) return found
    throw new ParleyError('not_found', `There is no run "${runId}" here.`)
  },
})

/** As times are stored, so that they compare. */
const toTime = (given: string | undefined) => given && new Date(given).toISOString()
