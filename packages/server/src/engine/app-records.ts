import type { Page } from '@parley/protocol'
import type { FeedbackRecord } from '../storage/feedback-store.js'
import type { NotedThread, RunRecord, Scope } from '../storage/store.js'
import type { TraceStore } from '../storage/trace-store.js'
import type { ActivityQuery, WorkspaceStore } from '../storage/workspace-store.js'

/** Which app of which workspace. */
export interface AppPlace {
  workspaceId: string
  appId: string
}

/** A run, and whose it is. */
export interface OwnedRun {
  run: RunRecord
  userId: string
}

/** Which runs; times are ISO 8601. */
export interface RunQuery {
  userId?: string | undefined
  since?: string | undefined
  until?: string | undefined
}

/** What is kept of the users of one app, for a server that speaks for all of them. What is of other apps looks missing. `Context`: what the engine knows a user by. */
export interface AppRecords<Context> {
  /** The threads of one user, each with its latest run. @throws {ParleyError} `invalid_cursor` */
  threads(user: Context, query: ActivityQuery): Promise<Page<{ thread: NotedThread; run?: RunRecord }>>
  /** `null`: no user of the app has a run of this id. */
  findRun(app: AppPlace, runId: string): Promise<OwnedRun | null>
  /** The newest first. @throws {ParleyError} `invalid_cursor` */
  runs(app: AppPlace, which: RunQuery, page: { limit: number; after?: string | undefined }): Promise<Page<OwnedRun>>
  /** What users think of its answers, the newest first. */
  feedback(
    app: AppPlace,
    part: { offset: number; limit: number },
  ): Promise<{ feedback: FeedbackRecord; owner: { userId: string; appId: string } }[]>
  /** `null`: nobody of this name has been here. */
  user(app: AppPlace, userId: string): Promise<{ firstSeenAt: string; lastActiveAt: string } | null>
}

export const appRecords = ({
  workspaces,
  traces,
}: {
  workspaces: WorkspaceStore
  traces: TraceStore
}): AppRecords<Scope> => ({
  threads: (user, query) => workspaces.listActiveThreads(query, user),
  async findRun({ workspaceId, appId }, runId) {
    const found = await traces.loadTrace(workspaceId, runId)
    return found?.owner.appId === appId ? { run: found.run, userId: found.owner.userId } : null
  },
  async runs({ workspaceId, appId }, which, page) {
    const found = await traces.listTraces(workspaceId, { order: 'desc', ...page }, { appId, ...which })
    return { ...found, data: found.data.map(({ run, owner: { userId } }) => ({ run, userId })) }
  },
  async feedback({ workspaceId, appId }, { offset, limit }) {
    const page = await workspaces.listFeedback({ limit: offset + limit, order: 'desc' }, { workspaceId, appId })
    return page.data.slice(offset)
  },
  async user({ workspaceId, appId }, userId) {
    const query = { by: 'creation', order: 'asc', limit: 1 } as const
    const here = await workspaces.listActiveThreads(query, { workspaceId, appId, userId })
    const user = here.data.length > 0 ? await workspaces.loadUser(workspaceId, userId) : null
    const { first_seen_at: firstSeenAt, last_active_at: lastActiveAt } = user ?? {}
    return firstSeenAt && lastActiveAt ? { firstSeenAt, lastActiveAt } : null
  },
})
