// npm run bench:install: what a production install of the server weighs, from packed packages, as a user gets it.
import { execFileSync } from 'node:child_process'
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'parley-install-'))
const npm = (args, cwd) => execFileSync('npm', [...args, '--silent'], { cwd, encoding: 'utf8' }).trim()
const LIMITS = { megabytes: 90, packages: 90 }

try {
  const packed = ['protocol', 'server'].map((name) =>
    npm(['pack', '--pack-destination', folder], join(root, 'packages', name)),
  )
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'measured', private: true }))
  npm(
    [
      'install',
      '--omit=dev',
      '--no-audit',
      '--no-fund',
      ...packed.map((file) => join(folder, file.split('\n').at(-1))),
    ],
    folder,
  )
  const packages = Object.keys(
    JSON.parse(readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8')).packages,
  )
  const megabytes = sizeOf(join(folder, 'node_modules')) / 1e6
  console.log('| production install | figure | bar |\n|---|---:|---:|')
  console.log(`| MB on disk | ${megabytes.toFixed(1)} | ≤ ${LIMITS.megabytes} |`)
  console.log(`| packages | ${packages.length} | ≤ ${LIMITS.packages} |`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Bytes of all files, links not followed. */
function sizeOf(path) {
  const entry = lstatSync(path)
  if (!entry.isDirectory()) return entry.size
  return readdirSync(path).reduce((total, name) => total + sizeOf(join(path, name)), 0)
}
