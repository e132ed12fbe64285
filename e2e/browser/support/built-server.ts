import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startParley } from '../../support/parley-process.js'
import type { Running } from './http.js'

/** The built command with nothing set, as a person starts it first. */
export async function startBuiltServer(): Promise<Running> {
  const data = mkdtempSync(join(tmpdir(), 'parley-e2e-'))
  const { url, stop } = await startParley({ PARLEY_DATA: data })
  return {
    url,
    async close() {
      await stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}
