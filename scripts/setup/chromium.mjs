import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { aptInstall } from './apt.mjs'
import { fail } from './run.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/**
 * Finds a Chromium for the browser tests; installs Debian's where there is none.
 * @returns {Promise<string>} its path.
 */
export async function ensureChromium() {
  const found = process.env.CHROMIUM ?? findChromium()
  if (found) return found
  if (await aptInstall(['chromium'])) {
    const installed = findChromium()
    if (installed) return installed
  }
  return fail(
    'The browser tests need Chromium. Install it (Debian, Ubuntu: apt-get install chromium) or set CHROMIUM to its path.',
  )
}

function findChromium() {
  for (const name of NAMES)
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const path = join(folder, name)
      if (executable(path)) return path
    }
  return undefined
}

function executable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false // not there, or not ours to run
  }
}
