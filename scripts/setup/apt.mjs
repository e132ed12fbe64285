import { existsSync } from 'node:fs'
import { run } from './run.mjs'

/**
 * Installs Debian packages where that is possible without asking for a password.
 * @returns {Promise<boolean>} whether they are installed now.
 */
export async function aptInstall(packages) {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return false
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  console.log(`Installing ${packages.join(', ')} …`)
  await run('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const code = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return code === 0
}
