/** One page of a list: the client goes on with `after = last_id` while `has_more`. Hosted ChatKit API, list envelope. */
export interface HostedList<Entry> {
  object: 'list'
  data: Entry[]
  first_id: string | null
  last_id: string | null
  has_more: boolean
}

/** A session: what a browser with its client secret may do, and for how long. Hosted ChatKit API, `ChatSession`. */
export interface HostedSession {
  id: string
  object: 'chatkit.session'
  /** Masked everywhere but in the answer that created the session. */
  client_secret: string
  /** Unix seconds. */
  expires_at: number
  workflow: {
    id: string
    /** `null`: the newest. */
    version: string | null
    state_variables: Record<string, string | number | boolean> | null
    tracing: { enabled: boolean }
  }
  user: string
  rate_limits: { max_requests_per_1_minute: number }
  max_requests_per_1_minute: number
  status: 'active' | 'expired' | 'cancelled'
  chatkit_configuration: {
    automatic_thread_titling: { enabled: boolean }
    /** `max_file_size` in megabytes; `null`: the server's own limits. */
    file_upload: { enabled: boolean; max_file_size: number | null; max_files: number | null }
    history: { enabled: boolean; recent_threads: number | null }
  }
}

/** What a new session is made from; what is left out has the defaults of the hosted API. Hosted ChatKit API, `SessionCreateParams`. */
export interface HostedSessionParams {
  user: string
  workflow: {
    id: string
    version?: string
    state_variables?: Record<string, string | number | boolean>
    tracing?: { enabled?: boolean }
  }
  expires_after?: { anchor: 'created_at'; seconds: number }
  rate_limits?: { max_requests_per_1_minute?: number }
  chatkit_configuration?: {
    automatic_thread_titling?: { enabled?: boolean }
    file_upload?: { enabled?: boolean; max_file_size?: number; max_files?: number }
    history?: { enabled?: boolean; recent_threads?: number }
  }
}
