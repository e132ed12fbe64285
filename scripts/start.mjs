// npm start: installs and builds what is missing or out of date, then starts the server in this process.
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ensureBuilt } from './setup/built.mjs'
import { ensureInstalled } from './setup/installed.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
await ensureInstalled(root)
await ensureBuilt(root)
endWithParent()
await import(pathToFileURL(`${root}/packages/server/bin/parley.cjs`).href)

/** `npm start` that is told to end tells only the shell it runs this in: notice that the shell is gone. */
function endWithParent() {
  if (process.env.npm_lifecycle_event !== 'start' || process.platform === 'win32') return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  watch.unref()
}
