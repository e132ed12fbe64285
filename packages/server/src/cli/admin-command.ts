import { DEFAULT_WORKSPACE } from '../auth/jwt.js'
import { createLogin } from '../login/create-login.js'
import { isLoopback, type Settings } from '../node/settings.js'
import { StorageError } from '../storage/storage-error.js'
import { openDataDir } from './data-dir.js'
import { keptKey } from './kept-key.js'
import { openLogins } from './open-storage.js'

/** `parley admin link`: lets an owner in who is locked out, or makes the first one of a workspace. @returns what to tell the person */
export async function runAdminLink(settings: Settings, workspaceId = DEFAULT_WORKSPACE): Promise<string> {
  const folder = openDataDir(settings.dataDir)
  const { logins, close } = await openLogins(settings, folder)
  try {
    const login = createLogin(logins, { secret: loginSecret(folder) })
    const { token } = await login.createLink({ workspaceId, purpose: 'owner', role: 'owner' })
    return [
      `A link for an owner of the workspace "${workspaceId}", good once and for an hour:`,
      '',
      `  ${adminLink(addressOf(settings), token)}`,
      '',
      'Open it at the address under which you reach the server, if that is another one.',
    ].join('\n')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StorageError(`No link could be made: ${reason}. Start this release of Parley once with this database.`, {
      cause,
    })
  } finally {
    await close()
  }
}

/** Behind `#`, so that no log of a server or a proxy ever sees it. */
export const adminLink = (url: string, token: string) => `${url}/studio#link=${token}`

/** Signs the cookies of people who are signed in. */
export const loginSecret = (folder: string) => Buffer.from(keptKey(folder, 'login.key')).toString('base64')

function addressOf({ host, port }: Settings): string {
  if (!isLoopback(host)) return `http://localhost:${port}`
  return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`
}
