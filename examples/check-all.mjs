// Runs the check of every example, one after the other. Exits non-zero when one is wrong.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
let wrong = 0
for (const name of readdirSync(here).sort()) {
  const folder = `${here}${name}`
  if (!existsSync(`${folder}/package.json`)) continue
  const { scripts } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  if (!scripts?.check) continue
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'check'], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    timeout: 900_000, // one that hangs: the first build of a large page on a busy machine takes minutes
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok    ' : 'WRONG '} ${name} (${seconds} s)`)
  if (status === 0) continue
  wrong += 1
  console.log(`${stdout}${stderr}`)
}
process.exit(wrong === 0 ? 0 : 1)
