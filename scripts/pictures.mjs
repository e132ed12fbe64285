// npm run pictures: builds the chat and draws the baseline pictures anew. Look at what changed before you commit it.
import { fileURLToPath } from 'node:url'
import { run } from './setup/run.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const shell = process.platform === 'win32'
const built = await run('npm', ['run', '--silent', 'build', '-w', 'apps/chat'], { cwd: root, shell })
const args = ['--no-install', 'vitest', 'run', '--config', 'e2e/vitest.config.ts', 'e2e/browser/pictures.test.ts']
const env = { ...process.env, PICTURES: 'update' }
process.exitCode = built || (await run('npx', args, { cwd: root, shell, env }))
