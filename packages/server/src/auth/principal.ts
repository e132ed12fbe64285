import type { StreamLanguage } from '@parley/protocol/admin'
import type { ApiKeyRecord, SessionRecord } from '../storage/workspace-store.js'

/** Who is calling, once a credential has been checked. */
export interface Principal {
  workspaceId: string
  userId: string
  /** How the caller proved it: nothing at all in development mode; an API key speaks for a user of its workspace. */
  method: 'development' | 'jwt' | 'session' | 'api_key'
  /** Set when the caller came with a client secret: what the session allows. */
  session?: SessionRecord
  /** The API key behind the call. */
  key?: CallerKey
  /** Whom a server says it acts for. */
  onBehalfOf?: { user: string; organization?: string | undefined }
}

/** What an API key says of whoever calls with it. */
export interface CallerKey {
  id: string
  /** The one app it reaches; absent: every app of the workspace. */
  appId?: string | undefined
  streamLanguage?: StreamLanguage | undefined
}

export const toCallerKey = ({ id, app_id, stream_language }: ApiKeyRecord): CallerKey => ({
  id,
  appId: app_id,
  streamLanguage: stream_language,
})

/** The language of event streams that a caller's credential says. `undefined`: it says none. */
export const streamLanguageOf = ({ session, key }: Pick<Principal, 'session' | 'key'>): StreamLanguage | undefined =>
  session?.rules.stream_language ?? key?.streamLanguage

/** The one app a caller reaches. `undefined`: every app of the workspace. */
export const onlyAppOf = ({ session, key }: Pick<Principal, 'session' | 'key'>): string | undefined =>
  session?.app_id ?? key?.appId

/** Checks a request's credential. @throws {ParleyError} `unauthorized` with what is wrong and how to cure it. */
export type Authenticate = (request: Request) => Promise<Principal>
