import type { HostedList, HostedSession } from '@parley/protocol'
import type { SessionRecord, SessionStatus } from '../../auth/sessions.js'
import type { OwnedThread } from '../../engine/workspace-threads.js'
import { toUnixSeconds } from './encode-item.js'
import type { HostedThread } from './schema.js'
import type { XpertSession } from './xpert-session-schema.js'

const MEGABYTE = 1024 * 1024

/** What stands in place of a client secret everywhere but in the answer that creates the session. */
const MASKED = 'ek_************'

/** A session; `clientSecret` only when it has just been made: the server does not know it any more afterwards. */
export function encodeSession(session: SessionRecord, status: SessionStatus, clientSecret = MASKED): HostedSession {
  const { rules, app_alias = '', app_id = app_alias } = session
  const perMinute = rules.requests_per_minute ?? 0
  const { enabled, max_bytes, max_files } = rules.uploads
  return {
    id: session.id,
    object: 'chatkit.session',
    client_secret: clientSecret,
    expires_at: toUnixSeconds(session.expires_at),
    workflow: {
      id: app_alias || app_id,
      version: rules.version ?? null,
      state_variables: Object.keys(rules.state_variables).length > 0 ? rules.state_variables : null,
      tracing: { enabled: rules.tracing },
    },
    user: session.user_id,
    rate_limits: { max_requests_per_1_minute: perMinute },
    max_requests_per_1_minute: perMinute,
    status,
    chatkit_configuration: {
      automatic_thread_titling: { enabled: rules.titling },
      file_upload: { enabled, max_file_size: max_bytes === null ? null : max_bytes / MEGABYTE, max_files },
      history: { enabled: rules.history.enabled, recent_threads: rules.history.recent_threads },
    },
  }
}

/** A session that has just been made, in Xpert's words. */
export const encodeXpertSession = (session: SessionRecord, seconds: number, clientSecret: string): XpertSession => ({
  client_secret: clientSecret,
  expires_at: session.expires_at,
  expires_after: seconds,
})

export function encodeThread({ thread, owner }: OwnedThread): HostedThread {
  const { status } = thread
  return {
    id: thread.id,
    object: 'chatkit.thread',
    created_at: toUnixSeconds(thread.created_at),
    title: thread.title ?? null,
    status: status.type === 'active' ? { type: 'active' } : { type: status.type, reason: status.reason ?? null },
    user: owner.userId,
  }
}

export function encodeList<Entry extends { id: string }>(data: Entry[], hasMore: boolean): HostedList<Entry> {
  return {
    object: 'list',
    data,
    first_id: data.at(0)?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: hasMore,
  }
}
