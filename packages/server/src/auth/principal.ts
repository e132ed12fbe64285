/** Who is calling, once a credential has been checked. */
export interface Principal {
  workspaceId: string
  userId: string
  /** How the caller proved it: nothing at all in development mode. */
  method: 'development' | 'jwt'
}

/** Checks a request's credential. @throws {ParleyError} `unauthorized` with what is wrong and how to cure it. */
export type Authenticate = (request: Request) => Promise<Principal>
