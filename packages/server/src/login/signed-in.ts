import type { LoginSession } from '../auth/admin-principal.js'
import type { Login, Person } from '../auth/login.js'
import { hasLoginCookie } from './cookie.js'
import { assertSamePage } from './same-page.js'

/** Who is signed in with a request's cookie; `null`: nobody. @throws {ParleyError} `forbidden` for a page from elsewhere */
export async function signedIn(login: Login, request: Request): Promise<Person | null> {
  if (!hasLoginCookie(request)) return null
  assertSamePage(request)
  return login.personOf(request)
}

/** The admin API for people who are signed in. */
export const loginSession =
  (login: Login): LoginSession =>
  async (request) => {
    const person = await signedIn(login, request)
    return person && { kind: 'admin', workspaceId: person.workspaceId, by: { type: 'login', personId: person.id } }
  }
