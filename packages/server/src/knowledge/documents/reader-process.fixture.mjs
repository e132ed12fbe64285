// The process that reads documents, from its source.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const resolve = { conditions: ['parley-source'] }
await runnerImport(fileURLToPath(new URL('reader-process.ts', import.meta.url)), {
  logLevel: 'error',
  environments: { inline: { resolve } },
})
