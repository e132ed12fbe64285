import type { SessionRecord } from '../storage/workspace-store.js'

/** Who is calling, once a credential has been checked. */
export interface Principal {
  workspaceId: string
  userId: string
  /** How the caller proved it: nothing at all in development mode; an API key speaks for a user of its workspace. */
  method: 'development' | 'jwt' | 'session' | 'api_key'
  /** Set when the caller came with a client secret: what the session allows. */
  session?: SessionRecord
  /** The API key behind the call, and the one app it reaches; absent: every app of the workspace. */
  key?: { id: string; appId?: string | undefined }
  /** Whom a server says it acts for. */
  onBehalfOf?: { user: string; organization?: string | undefined }
}

/** The one app a caller reaches. `undefined`: every app of the workspace. */
export const onlyAppOf = ({ session, key }: Pick<Principal, 'session' | 'key'>): string | undefined =>
  session?.app_id ?? key?.appId

/** Checks a request's credential. @throws {ParleyError} `unauthorized` with what is wrong and how to cure it. */
export type Authenticate = (request: Request) => Promise<Principal>
