// npm run types: checks the types of every project, as many at once as there are processors: a compiler uses one.
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { run } from './setup/run.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const tsc = fileURLToPath(import.meta.resolve('typescript/bin/tsc'))

/** The one that takes longest first. */
const waiting = ['e2e/tsconfig.json', 'tsconfig.node.json', 'tsconfig.browser.json', 'tsconfig.react.json']
let isWrong = false
await Promise.all(Array.from({ length: availableParallelism() }, checkNext))
process.exit(isWrong ? 1 : 0)

async function checkNext() {
  const project = waiting.shift()
  if (project === undefined) return
  if ((await run(process.execPath, [tsc, '-p', project], { cwd: root })) !== 0) isWrong = true
  await checkNext()
}
