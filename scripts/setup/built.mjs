import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, run } from './run.mjs'

const SOURCES = ['packages', 'apps', 'package-lock.json', 'scripts/build.mjs']
const STAMP = 'packages/server/dist/.built'

/** Builds what the server needs, if a source file is newer than the last build. */
export async function ensureBuilt(root) {
  const stamp = join(root, STAMP)
  const builtAt = existsSync(stamp) ? statSync(stamp).mtimeMs : 0
  if (builtAt > newest(SOURCES.map((path) => join(root, path)))) return
  console.log('Building …')
  const code = await run(process.execPath, [join(root, 'scripts/build.mjs'), 'server'], { cwd: root })
  if (code !== 0) fail('The build failed; the messages above say where.')
}

/** Notes that a build has just succeeded. */
export const markBuilt = (root) => writeFileSync(join(root, STAMP), new Date().toISOString())

function newest(paths) {
  let latest = 0
  for (const path of paths) {
    const stat = statSync(path)
    if (!stat.isDirectory()) latest = Math.max(latest, stat.mtimeMs)
    else
      for (const name of readdirSync(path)) {
        if (name === 'node_modules' || name === 'dist' || /\.test\.tsx?$/.test(name)) continue
        latest = Math.max(latest, newest([join(path, name)]))
      }
  }
  return latest
}
