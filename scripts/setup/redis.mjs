import { spawn, spawnSync } from 'node:child_process'
import { answers } from './answers.mjs'
import { aptInstall } from './apt.mjs'
import { freePort } from './free-port.mjs'
import { fail } from './run.mjs'

const DEFAULT_URL = 'redis://127.0.0.1:6379'
const DEFAULT_PORT = 6379

/**
 * Finds a Redis server for the tests: `REDIS_URL`, else one on the usual port, else one started for this run from
 * Debian's packages.
 * @returns {Promise<{ url: string, stop(): void }>}
 */
export async function ensureRedis() {
  const url = process.env.REDIS_URL ?? DEFAULT_URL
  if (await answers(url, DEFAULT_PORT)) return { url, stop: () => undefined }
  if (process.env.REDIS_URL)
    fail(`No Redis server answers at REDIS_URL (${new URL(url).host}). Start it, or unset REDIS_URL.`)
  if (!isInstalled() && !((await aptInstall(['redis-server'])) && isInstalled()))
    fail(
      'The tests of several servers need Redis. Install it (Debian, Ubuntu: apt-get install redis-server) or set REDIS_URL.',
    )
  return startOwn()
}

const isInstalled = () => spawnSync('redis-server', ['--version']).status === 0

/** A throw-away server on a free port that keeps nothing on disk. */
async function startOwn() {
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  await new Promise((resolve) => {
    const end = () => fail(`Redis could not be started on port ${port}:\n${said}`)
    server.once('exit', end)
    server.stdout.on('data', (text) => {
      said += text
      if (!said.includes('Ready to accept connections')) return
      server.off('exit', end)
      resolve()
    })
  })
  return { url, stop: () => server.kill() }
}
