import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'

/** The program of a real MCP server with a dozen tools; devDependency. */
export const EVERYTHING = createRequire(import.meta.url).resolve(
  '@modelcontextprotocol/server-everything/dist/index.js',
)

/** Starts it over HTTP and waits until it listens. */
export async function startEverything(port: number): Promise<{ close(): Promise<void> }> {
  const child = spawn(process.execPath, [EVERYTHING, 'streamableHttp'], { env: { PORT: String(port) }, stdio: 'pipe' })
  const exited = once(child, 'exit')
  child.stdout.resume()
  await new Promise<void>((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (chunk) => {
      said += chunk
      if (said.includes('listening')) resolve()
    })
    child.once('exit', () => reject(new Error(`The MCP server ended:\n${said}`)))
  })
  return {
    async close() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
