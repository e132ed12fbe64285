// npm start: installs and builds what is missing or out of date, then starts the server in this process.
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ensureBuilt } from './setup/built.mjs'
import { ensureInstalled } from './setup/installed.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
await ensureInstalled(root)
await ensureBuilt(root)
await import(pathToFileURL(`${root}/packages/server/bin/parley.cjs`).href)
