import type { CronOwner, CronRecord } from '../storage/cron-store.js'
import type { ApiKeyRecord, SessionRecord } from '../storage/workspace-store.js'

const CREATED_AT = '2026-11-20T11:00:00.000Z'

/** A key of the workspace "shop" that may do everything. */
export function sampleApiKey(id: string, fields: Partial<ApiKeyRecord> = {}): ApiKeyRecord {
  return {
    id,
    workspace_id: 'shop',
    name: 'Website',
    scopes: ['chat', 'threads', 'admin'],
    ending: 'abcd',
    created_at: CREATED_AT,
    ...fields,
  }
}

/** A session of Ada's in the workspace "shop". */
export function sampleSession(id: string, fields: Partial<SessionRecord> = {}): SessionRecord {
  const session: SessionRecord = {
    id,
    workspace_id: 'shop',
    user_id: 'ada',
    app_id: 'support',
    app_alias: 'wf_1',
    created_at: CREATED_AT,
    expires_at: '2026-11-20T13:00:00.000Z',
    rules: {
      state_variables: { plan: 'pro' },
      tracing: true,
      titling: true,
      requests_per_minute: 10,
      uploads: { enabled: false, max_bytes: null, max_files: 10 },
      history: { enabled: true, recent_threads: null },
    },
    ...fields,
  }
  if (session.app_id === undefined) delete session.app_id
  return session
}

/** A schedule of a user; it starts at `next_run_at`, if ever. */
export const sampleCron = (id: string, { workspaceId, userId }: CronOwner, next_run_at?: string): CronRecord => ({
  id,
  workspace_id: workspaceId,
  user_id: userId,
  app_id: 'support',
  schedule: '* * * * *',
  enabled: true,
  payload: { assistant_id: 'support' },
  metadata: {},
  public_url: 'https://chat.example.com',
  ...(next_run_at !== undefined && { next_run_at }),
  created_at: '2026-11-20T12:00:00.000Z',
  updated_at: '2026-11-20T12:00:00.000Z',
})
