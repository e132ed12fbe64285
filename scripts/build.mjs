// npm run build [server]: builds everything, or only what `npm start` needs (the browser files and the server).
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { markBuilt } from './setup/built.mjs'
import { run } from './setup/run.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const only = process.argv[2]

/** Each step: what it is called, where it runs and what it runs. The server brings the browser files along. */
const steps = [
  ['the chat', 'apps/chat', 'build'],
  ['the studio', 'apps/studio', 'build', copyPages],
  ['the server', 'packages/server', 'build:server'],
  ...(only === 'server'
    ? []
    : [
        ['@parley/protocol', 'packages/protocol', 'build'],
        ['@parley/client', 'packages/client', 'build'],
        ['@parley/element', 'packages/element', 'build'],
        ['@parley/react', 'packages/react', 'build'],
        ['@parley/server', 'packages/server', 'build'],
        ['create-parley', 'packages/create-parley', 'build'],
      ]),
]

for (const [name, folder, script, then] of steps) {
  const started = performance.now()
  const code = await run('npm', ['run', '--silent', script], {
    cwd: join(root, folder),
    shell: process.platform === 'win32',
  })
  if (code !== 0) process.exit(code)
  then?.()
  console.log(`built ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}
markBuilt(root)

/** The files of both apps side by side, with one manifest. */
function copyPages() {
  const web = join(root, 'packages/server/dist/web')
  const manifest = { version: 1, files: {} }
  rmSync(web, { recursive: true, force: true })
  for (const app of ['apps/chat/dist', 'apps/studio/dist']) {
    cpSync(join(root, app), web, { recursive: true })
    Object.assign(manifest.files, JSON.parse(readFileSync(join(web, 'manifest.json'), 'utf8')).files)
  }
  writeFileSync(join(web, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}
