import type { Role } from '../storage/login-store.js'

export { ROLES, type Role } from '../storage/login-store.js'

/** The cookie of somebody who is signed in; with `__Secure-` before it where the browser uses https. */
export const LOGIN_COOKIE = 'parley.session_token'

/** Somebody who signs in to the studio. */
export interface Person {
  id: string
  workspaceId: string
  role: Role
  name: string
  email: string
  createdAt: string
}

/** What came of signing in or out: the cookies go back to the browser. */
export interface SignedIn {
  person: Person
  cookies: string[]
}

/** What somebody with a link tells of themselves. */
export interface NewAccount {
  name: string
  email: string
  password: string
}

/** What a link is good for. */
export interface LinkFacts {
  workspaceId: string
  purpose: 'first' | 'owner' | 'invite'
  role: Role
  expiresAt: string
}

/** A link that was just made: `token` is seen this once. */
export interface NewLink extends LinkFacts {
  token: string
}

/**
 * The people who sign in with an email address and a password, and the links that let them in the first time. Passwords
 * are kept as scrypt hashes, tokens of cookies and links as digests.
 */
export interface Login {
  /** Whose browser this is, by its cookie; `null`: nobody's. */
  personOf(request: Request): Promise<Person | null>
  /** The same, and longer validity for a cookie that is getting old. @throws {ParleyError} `unauthorized` */
  resume(request: Request): Promise<SignedIn>
  /** @throws {ParleyError} `unauthorized`, the same for an unknown address and a wrong password */
  signIn(request: Request, email: string, password: string): Promise<SignedIn>
  /** @returns cookies that take the others away; nothing happens to who is signed out already */
  signOut(request: Request): Promise<string[]>
  /** Signs the person out everywhere else. @throws {ParleyError} `unauthorized`; `invalid_request` for a wrong current password */
  changePassword(request: Request, current: string, next: string): Promise<SignedIn>

  /** @throws {ParleyError} `not_found` for a link that was used, is too old or never was */
  checkLink(token: string): Promise<LinkFacts>
  /**
   * Makes the link's account and signs in. A link from the command line also gives somebody who has an account in its
   * workspace a new password, and signs them out everywhere else.
   * @throws {ParleyError} `not_found`; `conflict` for an email address that is taken
   */
  useLink(request: Request, token: string, account: NewAccount): Promise<SignedIn>
  createLink(link: { workspaceId: string; purpose: LinkFacts['purpose']; role: Role }): Promise<NewLink>

  /** Oldest first. */
  listPeople(workspaceId: string): Promise<Person[]>
  /** Takes somebody's account away. @throws {ParleyError} `not_found`; `conflict` for the last owner */
  removePerson(workspaceId: string, personId: string): Promise<void>
}
