// Installs Next.js into this folder when it is missing, starts it and talks to the route: node check.js
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { checkConversation } from '../check-conversation.mjs'

const dir = fileURLToPath(new URL('.', import.meta.url))
// Next.js weighs 350 MB: it is no workspace of the repository, so that starting Parley does not download it.
if (!existsSync(`${dir}node_modules/next`)) {
  const { status } = spawnSync('npm', ['install', '--loglevel=error'], {
    cwd: dir,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(1)
}
process.env.NEXT_TELEMETRY_DISABLED = '1'
const { default: next } = await import('next')
const app = next({ dev: true, dir, turbopack: true, quiet: true })
await app.prepare()
const server = createServer(app.getRequestHandler()).listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
await checkConversation(`http://127.0.0.1:${server.address().port}/api/chatkit`)
console.log('The route answers under Next.js.')
process.exit(0) // the development server keeps watching otherwise
