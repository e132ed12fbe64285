/** A run that starts again and again. */
export interface CronRecord {
  id: string
  workspace_id: string
  user_id: string
  /** The API key that made it, or changed it last: it runs as long as that key is good. Absent: no key was asked for. */
  key_id?: string
  app_id: string
  /** The thread it goes on with. Absent: each run has one of its own. */
  thread_id?: string
  schedule: string
  end_time?: string
  enabled: boolean
  /** Why the server turned it off, for people. */
  stopped_reason?: string
  /** How runs are asked for, as their API words it. */
  payload: Record<string, unknown>
  metadata: Record<string, unknown>
  /** Where its maker reached the server: addresses in its answers begin so. */
  public_url: string
  /** Absent: it does not start again. */
  next_run_at?: string
  created_at: string
  updated_at: string
}

/** Whose schedules: others do not exist. */
export interface CronOwner {
  workspaceId: string
  userId: string
}

/** The schedules of all users. */
export interface CronStore {
  add(cron: CronRecord): Promise<void>
  load(id: string, owner: CronOwner): Promise<CronRecord | null>
  /** By creation. */
  list(owner: CronOwner): Promise<CronRecord[]>
  /** `false`: it is gone. */
  save(cron: CronRecord): Promise<boolean>
  /** `false`: there is none. */
  delete(id: string, owner: CronOwner): Promise<boolean>
  /** Those whose time has come, of everybody, the oldest first. */
  listDue(now: string, limit: number): Promise<CronRecord[]>
  /** Saves it as it is from now on, if it is still due as it was: of several servers one gets `true`. */
  claim(due: CronRecord, changed: CronRecord): Promise<boolean>
}
