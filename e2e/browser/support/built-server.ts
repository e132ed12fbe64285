import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Running } from './http.js'

const COMMAND = fileURLToPath(new URL('../../../packages/server/bin/parley.cjs', import.meta.url))

/** Starts the built command as a person does, on a free port and in an empty directory, and reads the address it prints. */
export async function startBuiltServer(): Promise<Running> {
  const data = mkdtempSync(join(tmpdir(), 'parley-e2e-'))
  const env = { PATH: process.env.PATH, PARLEY_DATA: data, PORT: '0' }
  const child = spawn(process.execPath, [COMMAND], { cwd: data, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))

  let printed = ''
  const url = await new Promise<string>((resolve, reject) => {
    const read = (text: string) => {
      printed += text
      const address = /http:\/\/[\w.:[\]]+/.exec(printed)?.[0]
      if (address) resolve(address)
    }
    child.stdout.setEncoding('utf8').on('data', read)
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
    child.once('exit', (code) => reject(new Error(`parley ended with ${code}:\n${printed}`)))
  })
  return {
    url,
    async close() {
      child.kill('SIGTERM')
      await ended
      rmSync(data, { recursive: true, force: true })
    },
  }
}
