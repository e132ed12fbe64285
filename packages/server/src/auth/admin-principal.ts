/**
 * Who sets a workspace up: a server with an API key of the scope `admin`, a person who has signed in, or whoever may call
 * at all in development mode. Speaks for no end user, and reaches one workspace.
 */
export interface AdminPrincipal {
  kind: 'admin'
  workspaceId: string
  /** How it was proved, and by whom: for the log. */
  by: { type: 'api_key'; keyId: string } | { type: 'login'; personId: string } | { type: 'development' }
}

/**
 * The seam for a built-in login: who is signed in with this request's cookie.
 *
 * @returns `null` when nobody is: the request is then taken as one without a login.
 * @throws {ParleyError} `forbidden` when the cookie is good but another site's page sent it along (the login's own guard).
 */
export type LoginSession = (request: Request) => Promise<AdminPrincipal | null>

export const nobodySignedIn: LoginSession = async () => null
