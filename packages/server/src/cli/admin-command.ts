import { createLogin } from '../login/create-login.js'
import { addressOf, adminLink } from './admin-link.js'
import type { CommandInput } from './command.js'
import { openDataDir } from './data-dir.js'
import { loginSecret } from './kept-key.js'
import { openBeside } from './open-storage.js'

/** `parley admin link`: lets an owner in who is locked out, or makes the first one of a workspace. @returns what to tell the person */
export async function runAdminLink({ settings, workspace }: CommandInput): Promise<string> {
  const folder = openDataDir(settings.dataDir)
  const { logins, close } = await openBeside(settings, folder)
  try {
    const login = createLogin(logins, { secret: loginSecret(folder) })
    const { token } = await login.createLink({ workspaceId: workspace, purpose: 'owner', role: 'owner' })
    return [
      `A link for an owner of the workspace "${workspace}", good once and for an hour:`,
      '',
      `  ${adminLink(addressOf(settings), token)}`,
      '',
      'Open it at the address under which you reach the server, if that is another one.',
    ].join('\n')
  } finally {
    await close()
  }
}
