import { ParleyError } from '@parley/protocol'
import type { LinkFacts, Login, Person, Role, SignedIn } from '../auth/login.js'
import { hashSecret, randomSecret } from '../auth/secret.js'
import type { Clock } from '../base/clock.js'
import { systemClock } from '../base/clock.js'
import type { LinkRecord, LoginStore } from '../storage/login-store.js'
import type { BetterAuth } from './better-auth.js'
import { hasLoginCookie, isHttps } from './cookie.js'

export interface LoginOptions {
  /** Signs cookies; 32 characters or more. */
  secret: string
  clock?: Clock
}

const HOUR_MS = 3_600_000
/** How long a link is good: a person has the command line at hand, an invited one is asleep elsewhere. */
const LINK_MS: Record<LinkFacts['purpose'], number> = { first: 24 * HOUR_MS, owner: HOUR_MS, invite: 7 * 24 * HOUR_MS }

/**
 * People with passwords, kept in `store`.
 *
 * @example
 * const login = createLogin(store.logins, { secret })
 * const { token } = await login.createLink({ workspaceId: 'default', purpose: 'owner', role: 'owner' })
 */
export function createLogin(store: LoginStore, { secret, clock = systemClock }: LoginOptions): Login {
  const now = () => clock.now().toISOString()
  const opened = new Map<boolean, Promise<BetterAuth>>()
  /** Loaded with the first person: it would cost every start its time. Cookies are made for one protocol. */
  function authOf(request: Request): Promise<BetterAuth> {
    const https = isHttps(request)
    const auth =
      opened.get(https) ?? import('./better-auth.js').then((library) => library.openBetterAuth(store, secret, https))
    opened.set(https, auth)
    return auth
  }

  async function signIn(request: Request, email: string, password: string): Promise<SignedIn> {
    const auth = await authOf(request)
    const { headers, response } = await auth.api
      .signInEmail({ body: { email, password }, returnHeaders: true })
      .catch(refused('The email address or the password is not right.'))
    await store.deleteLoginSessionsExpiredBefore(now())
    return { person: toPerson(await rowOf(response.user.id)), cookies: headers.getSetCookie() }
  }

  async function rowOf(personId: string) {
    const [row] = await store.findRows('people', { id: personId })
    return row ?? notFound('person')
  }

  async function findSession(request: Request, query: { disableRefresh: boolean }) {
    if (!hasLoginCookie(request)) return null
    const auth = await authOf(request)
    return auth.api.getSession({ headers: cookieOf(request), query, returnHeaders: true })
  }

  async function resume(request: Request): Promise<SignedIn> {
    const found = await findSession(request, { disableRefresh: false })
    if (!found?.response) throw new ParleyError('unauthorized', 'Sign in first.')
    return { person: toPerson(await rowOf(found.response.user.id)), cookies: found.headers.getSetCookie() }
  }

  async function goodLink(token: string): Promise<LinkRecord> {
    return (await store.findLink(await hashSecret(token), now())) ?? linkIsOver()
  }

  const listPeople = async (workspaceId: string) =>
    (await store.findRows('people', { workspace_id: workspaceId })).map((row) => toPerson(row))

  return {
    async personOf(request) {
      const found = await findSession(request, { disableRefresh: true })
      return found?.response ? toPerson(await rowOf(found.response.user.id)) : null
    },
    resume,
    signIn,
    async signOut(request) {
      if (!hasLoginCookie(request)) return []
      const auth = await authOf(request)
      const { headers } = await auth.api.signOut({ headers: cookieOf(request), returnHeaders: true })
      return headers.getSetCookie()
    },
    async changePassword(request, currentPassword, newPassword) {
      const { person } = await resume(request)
      const auth = await authOf(request)
      const { headers } = await auth.api
        .changePassword({
          body: { currentPassword, newPassword, revokeOtherSessions: true },
          headers: cookieOf(request),
          returnHeaders: true,
        })
        .catch(() => {
          throw new ParleyError('invalid_request', 'current_password is not your password.', {
            details: { param: 'current_password' },
          })
        })
      return { person, cookies: headers.getSetCookie() }
    },

    checkLink: async (token) => toFacts(await goodLink(token)),
    async useLink(request, token, { name, email, password }) {
      const link = await goodLink(token)
      const { internalAdapter, password: passwords } = await (await authOf(request)).$context
      const address = email.toLowerCase()
      const [known] = await store.findRows('people', { email: address })
      const mayReset = link.purpose === 'owner' && known?.workspace_id === link.workspace_id
      if (known && !mayReset) taken()
      const hash = await passwords.hash(password)
      if (!(await store.takeLink(await hashSecret(token), now()))) linkIsOver()
      if (known) {
        const id = String(known.id)
        await store.changeRows('people', { id }, { name, role: link.role, updated_at: now() })
        await internalAdapter.updatePassword(id, hash)
        await internalAdapter.deleteUserSessions(id)
      } else {
        const workspaceId = link.workspace_id
        const person = { name, email: address, emailVerified: false, workspaceId, role: link.role }
        const { id } = await internalAdapter.createUser(person)
        await internalAdapter.linkAccount({ userId: id, accountId: id, providerId: 'credential', password: hash })
      }
      return signIn(request, address, password)
    },
    async createLink({ workspaceId, purpose, role }) {
      const token = randomSecret('')
      const link: LinkRecord = {
        hash: await hashSecret(token),
        workspace_id: workspaceId,
        purpose,
        role,
        created_at: now(),
        expires_at: new Date(clock.now().getTime() + LINK_MS[purpose]).toISOString(),
      }
      await store.addLink(link)
      return { token, ...toFacts(link) }
    },

    listPeople,
    async removePerson(workspaceId, personId) {
      const people = await listPeople(workspaceId)
      const person = people.find(({ id }) => id === personId) ?? notFound('person')
      const owners = people.filter(({ role }) => role === 'owner')
      if (person.role === 'owner' && owners.length === 1)
        throw new ParleyError('conflict', 'The last owner stays: somebody has to be able to invite others.')
      await store.deleteRows('people', { id: personId, workspace_id: workspaceId })
    },
  }
}

/** All the library has to know of a request. */
const cookieOf = ({ headers }: Request) => new Headers({ cookie: headers.get('cookie') ?? '' })

/** The library says no by throwing with a status; anything else is a failure of ours. */
const refused =
  (message: string) =>
  (thrown: unknown): never => {
    const status = Object(thrown).statusCode
    throw status >= 400 && status < 500 ? new ParleyError('unauthorized', message, { cause: thrown }) : thrown
  }

const toPerson = (row: Record<string, unknown>): Person => ({
  id: String(row.id),
  workspaceId: String(row.workspace_id),
  role: row.role as Role, // written by `useLink`
  name: String(row.name),
  email: String(row.email),
  createdAt: String(row.created_at),
})

const toFacts = ({ workspace_id, purpose, role, expires_at }: LinkRecord): LinkFacts => ({
  workspaceId: workspace_id,
  purpose,
  role,
  expiresAt: expires_at,
})

function linkIsOver(): never {
  throw new ParleyError(
    'not_found',
    'This link was used already, or it is too old. Ask for a new one, or make one on the server with: parley admin link',
  )
}

function taken(): never {
  throw new ParleyError('conflict', 'This email address cannot be used here. Sign in with it, or choose another.')
}

function notFound(what: string): never {
  throw new ParleyError('not_found', `There is no such ${what}.`)
}
