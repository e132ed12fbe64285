import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fail, run } from './run.mjs'

const OLDEST_NODE = [20, 19]

/** Makes sure that Node is new enough and that `node_modules` is what the lockfile says. */
export async function ensureInstalled(root) {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]))
    fail(
      `Parley needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}. Get it from nodejs.org.`,
    )
  const lock = join(root, 'package-lock.json')
  const marker = join(root, 'node_modules', '.package-lock.json')
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(lock).mtimeMs) return
  console.log('Installing packages (once) …')
  const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    shell: process.platform === 'win32',
  })
  if (code !== 0) fail('The packages could not be installed. Check the network and the messages above, then try again.')
}
