import { ParleyError } from '@parley/protocol'
import {
  type AdminInvite,
  type AdminLink,
  type AdminPerson,
  changePasswordBodySchema,
  inviteBodySchema,
  linkBodySchema,
  signInBodySchema,
  useLinkBodySchema,
} from '@parley/protocol/admin'
import type { z } from 'zod'
import type { Audit } from '../auth/admin-audit.js'
import type { AdminPrincipal } from '../auth/admin-principal.js'
import type { LinkFacts, Login, Person, SignedIn } from '../auth/login.js'
import { ADMIN_PATH, encodeError } from '../dialects/admin/index.js'
import { checkBody } from '../dialects/check-body.js'
import { readJson } from '../http/body.js'
import { toParleyError } from '../http/error-response.js'
import type { RateLimiter } from '../http/rate-limits/rate-limiter.js'
import type { Route, RouteGroup } from '../http/route.js'
import { assertJsonBody, assertSamePage } from './same-page.js'
import { signedIn } from './signed-in.js'

export interface LoginRoutesOptions {
  login: Login
  /** Counts tries, so that a password cannot be guessed. */
  limiter: RateLimiter
  /** Is told who signed in, who tried, and who lets whom in. */
  audit: Audit
}

const TRIES_A_MINUTE = { person: 10, everybody: 120 }

/** What came of a request: the answer, who asked, and whom it was about. */
interface Handled {
  response: Response
  person?: Person | null
  id?: string | undefined
}

export function loginRouteGroup({ login, limiter, audit }: LoginRoutesOptions): RouteGroup {
  const tryOnce = (who: string) =>
    limiter.take([
      { scope: 'user', key: `login:${who}`, limit: TRIES_A_MINUTE.person, window: 'minute' },
      { scope: 'user', key: 'login', limit: TRIES_A_MINUTE.everybody, window: 'minute' },
    ])

  async function personOf(request: Request): Promise<Person> {
    const person = await signedIn(login, request)
    if (!person) throw new ParleyError('unauthorized', 'Sign in first.')
    return person
  }

  async function ownerOf(request: Request): Promise<Person> {
    const person = await personOf(request)
    if (person.role !== 'owner') throw new ParleyError('forbidden', 'Only an owner decides who may sign in.')
    return person
  }

  /** Like `plain`, with a line in the log whatever comes of it. */
  const audited = (
    operation: string,
    method: Route['method'],
    path: string,
    handle: (request: Request, params: Record<string, string>) => Promise<Handled>,
  ): Route => ({
    method,
    path: ADMIN_PATH + path,
    async handle(request, { params, requestId }) {
      const call = { requestId, operation }
      try {
        const { response, person, id } = await handle(request, params)
        audit({ ...call, id, principal: person ? principalOf(person) : undefined })
        return response
      } catch (thrown) {
        audit({ ...call, id: params.person, failed: toParleyError(thrown).code })
        throw thrown
      }
    },
  })
  const plain = (method: Route['method'], path: string, handle: Route['handle']): Route => ({
    method,
    path: ADMIN_PATH + path,
    handle,
  })

  const routes: Route[] = [
    plain('GET', '/login', async (request) => {
      assertSamePage(request)
      return welcome(await login.resume(request))
    }),
    audited('signIn', 'POST', '/login', async (request) => {
      const { email, password } = await bodyOf(signInBodySchema, request)
      await tryOnce(email.toLowerCase())
      const signedIn = await login.signIn(request, email, password)
      return { response: welcome(signedIn), person: signedIn.person }
    }),
    audited('signOut', 'DELETE', '/login', async (request) => {
      assertSamePage(request)
      const person = await login.personOf(request)
      const response = new Response(null, { status: 204, headers: PRIVATE })
      return { response: withCookies(response, await login.signOut(request)), person }
    }),
    audited('changePassword', 'POST', '/login/password', async (request) => {
      const { current_password, new_password } = await bodyOf(changePasswordBodySchema, request)
      const person = await personOf(request)
      await tryOnce(person.id)
      return { response: welcome(await login.changePassword(request, current_password, new_password)), person }
    }),
    plain('POST', '/login/link', async (request) => {
      const { token } = await bodyOf(linkBodySchema, request)
      await tryOnce('link')
      return answer(encodeLink(await login.checkLink(token)))
    }),
    audited('createAccount', 'POST', '/login/account', async (request) => {
      const { token, ...account } = await bodyOf(useLinkBodySchema, request)
      await tryOnce('link')
      const signedIn = await login.useLink(request, token, account)
      return { response: welcome(signedIn, 201), person: signedIn.person, id: signedIn.person.id }
    }),
    plain('GET', '/people', async (request) => {
      const { workspaceId } = await personOf(request)
      return answer({ data: (await login.listPeople(workspaceId)).map(encodePerson) })
    }),
    audited('removePerson', 'DELETE', '/people/:person', async (request, { person: id = '' }) => {
      const owner = await ownerOf(request)
      await login.removePerson(owner.workspaceId, id)
      return { response: new Response(null, { status: 204, headers: PRIVATE }), person: owner, id }
    }),
    audited('invitePerson', 'POST', '/people/invites', async (request) => {
      const { role } = await bodyOf(inviteBodySchema, request)
      const owner = await ownerOf(request)
      const { workspaceId } = owner
      const { token, ...facts } = await login.createLink({ workspaceId, purpose: 'invite', role })
      return { response: answer({ ...encodeLink(facts), token } satisfies AdminInvite, 201), person: owner }
    }),
  ]
  return { routes, encodeError }
}

const principalOf = ({ id, workspaceId }: Person): AdminPrincipal => ({
  kind: 'admin',
  workspaceId,
  by: { type: 'login', personId: id },
})

/** Bodies come from our own pages alone: no other page could make the browser send one. */
async function bodyOf<Output>(schema: z.ZodType<Output>, request: Request): Promise<Output> {
  assertSamePage(request)
  assertJsonBody(request)
  return checkBody(schema, await readJson(request, { maxBytes: 10_000 }))
}

const PRIVATE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

const answer = (body: unknown, status = 200) => Response.json(body, { status, headers: PRIVATE })

const welcome = ({ person, cookies }: SignedIn, status = 200) =>
  withCookies(answer(encodePerson(person), status), cookies)

function withCookies(response: Response, cookies: string[]): Response {
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}

const encodePerson = ({ id, workspaceId, role, name, email, createdAt }: Person): AdminPerson => ({
  id,
  object: 'person',
  workspace: workspaceId,
  role,
  name,
  email,
  created_at: createdAt,
})

const encodeLink = ({ purpose, role, workspaceId, expiresAt }: LinkFacts): AdminLink => ({
  object: 'link',
  purpose,
  role,
  workspace: workspaceId,
  expires_at: expiresAt,
})
