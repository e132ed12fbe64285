/** What may stand in a column of a login table. */
export type LoginValue = string | number | null

/** A row, or the part of one that is looked for or changed. */
export type LoginRow = Record<string, LoginValue>

/**
 * The tables of the people who sign in to the studio, each with its columns.
 *
 * - `people`: who they are, in which workspace, and what they may do there.
 * - `logins`: the hash of a person's password.
 * - `login_sessions`: where somebody is signed in; of the cookie's token there is only the hash.
 */
export const LOGIN_TABLES = {
  people: ['id', 'workspace_id', 'role', 'name', 'email', 'email_verified', 'image', 'created_at', 'updated_at'],
  logins: ['id', 'user_id', 'account_id', 'provider_id', 'password', 'created_at', 'updated_at'],
  login_sessions: ['id', 'user_id', 'token', 'ip_address', 'user_agent', 'expires_at', 'created_at', 'updated_at'],
} as const
export type LoginTable = keyof typeof LOGIN_TABLES

/** What a person may do in their workspace: an `owner` also decides who else gets in. */
export const ROLES = ['owner', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** A link that lets one person in, once. Of its token there is only the hash. */
export interface LinkRecord {
  hash: string
  workspace_id: string
  /**
   * `first`: printed by a server that nobody has set up; worth nothing once somebody has. `owner`: made at the server's
   * command line, also for somebody who is locked out. `invite`: made by an owner for somebody new.
   */
  purpose: 'first' | 'owner' | 'invite'
  role: Role
  created_at: string
  expires_at: string
}

/** Where people, their passwords and their links live. */
export interface LoginStore {
  addRow(table: LoginTable, row: LoginRow): Promise<void>
  /** Rows that have all these values, oldest first. */
  findRows(table: LoginTable, where: LoginRow): Promise<LoginRow[]>
  /** @returns the rows as they are now */
  changeRows(table: LoginTable, where: LoginRow, changes: LoginRow): Promise<LoginRow[]>
  /** @returns how many there were */
  deleteRows(table: LoginTable, where: LoginRow): Promise<number>
  deleteLoginSessionsExpiredBefore(time: string): Promise<void>

  addLink(link: LinkRecord): Promise<void>
  /** A link that is still good at `now`. */
  findLink(hash: string, now: string): Promise<LinkRecord | null>
  /** Takes a link that is still good: of all who ask, one gets it. Links that are over go with it. */
  takeLink(hash: string, now: string): Promise<LinkRecord | null>
}
