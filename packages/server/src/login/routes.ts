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
import type { LinkFacts, Login, Person, SignedIn } from '../auth/login.js'
import { ADMIN_PATH, encodeError } from '../dialects/admin/index.js'
import { checkBody } from '../dialects/check-body.js'
import { readJson } from '../http/body.js'
import type { RateLimiter } from '../http/rate-limits/rate-limiter.js'
import type { RouteGroup } from '../http/route.js'
import { assertJsonBody, assertSamePage } from './same-page.js'
import { signedIn } from './signed-in.js'

export interface LoginRoutesOptions {
  login: Login
  /** Counts tries, so that a password cannot be guessed. */
  limiter: RateLimiter
}

const TRIES_A_MINUTE = { person: 10, everybody: 120 }

/** Signing in to the studio, and who may: for browsers alone, with a cookie. */
export function loginRoutes({ login, limiter }: LoginRoutesOptions): RouteGroup {
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

  const routes: RouteGroup['routes'] = [
    {
      method: 'GET',
      path: `${ADMIN_PATH}/login`,
      async handle(request) {
        assertSamePage(request)
        return welcome(await login.resume(request))
      },
    },
    {
      method: 'POST',
      path: `${ADMIN_PATH}/login`,
      async handle(request) {
        const { email, password } = await bodyOf(signInBodySchema, request)
        await tryOnce(email.toLowerCase())
        return welcome(await login.signIn(request, email, password))
      },
    },
    {
      method: 'DELETE',
      path: `${ADMIN_PATH}/login`,
      async handle(request) {
        assertSamePage(request)
        return withCookies(new Response(null, { status: 204, headers: PRIVATE }), await login.signOut(request))
      },
    },
    {
      method: 'POST',
      path: `${ADMIN_PATH}/login/password`,
      async handle(request) {
        const { current_password, new_password } = await bodyOf(changePasswordBodySchema, request)
        await tryOnce((await personOf(request)).id)
        return welcome(await login.changePassword(request, current_password, new_password))
      },
    },
    {
      method: 'POST',
      path: `${ADMIN_PATH}/login/link`,
      async handle(request) {
        const { token } = await bodyOf(linkBodySchema, request)
        await tryOnce('link')
        return answer(encodeLink(await login.checkLink(token)))
      },
    },
    {
      method: 'POST',
      path: `${ADMIN_PATH}/login/account`,
      async handle(request) {
        const { token, ...account } = await bodyOf(useLinkBodySchema, request)
        await tryOnce('link')
        return welcome(await login.useLink(request, token, account), 201)
      },
    },
    {
      method: 'GET',
      path: `${ADMIN_PATH}/people`,
      async handle(request) {
        const { workspaceId } = await personOf(request)
        return answer({ data: (await login.listPeople(workspaceId)).map(encodePerson) })
      },
    },
    {
      method: 'DELETE',
      path: `${ADMIN_PATH}/people/:person`,
      async handle(request, { params }) {
        const { workspaceId } = await ownerOf(request)
        await login.removePerson(workspaceId, params.person ?? '')
        return new Response(null, { status: 204, headers: PRIVATE })
      },
    },
    {
      method: 'POST',
      path: `${ADMIN_PATH}/people/invites`,
      async handle(request) {
        const { role } = await bodyOf(inviteBodySchema, request)
        const { workspaceId } = await ownerOf(request)
        const { token, ...facts } = await login.createLink({ workspaceId, purpose: 'invite', role })
        return answer({ ...encodeLink(facts), token } satisfies AdminInvite, 201)
      },
    },
  ]
  return { routes, encodeError }
}

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
