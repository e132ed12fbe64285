import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export const COMMAND = fileURLToPath(new URL('../../packages/server/bin/parley.cjs', import.meta.url))

/** The built server, running as a process of its own. */
export interface ParleyProcess {
  url: string
  process: ChildProcess
  /** Everything it has printed so far. */
  output(): string
  /** SIGTERM, as an operator stops it. @returns its exit code. */
  stop(): Promise<number | null>
  /** SIGKILL: as if the machine had lost power. */
  kill(): Promise<void>
}

/** Starts the built command on a free port and waits until it says where it is. */
export async function startParley(env: Record<string, string>, args: string[] = []): Promise<ParleyProcess> {
  const child = spawn(process.execPath, [COMMAND, '--port', '0', ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const found = /(http:\/\/\S+:\d+)/.exec(output)?.[1]
      if (output.includes('Parley is ready') && found) resolve(found)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => reject(new Error(`The server ended with code ${code}:\n${output}`)))
  })
  const exited = once(child, 'exit')
  return {
    url,
    process: child,
    output: () => output,
    async stop() {
      child.kill('SIGTERM')
      const [code] = await exited
      return code
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
