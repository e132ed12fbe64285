import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answers } from './answers.mjs'
import { aptInstall } from './apt.mjs'
import { freePort } from './free-port.mjs'
import { fail } from './run.mjs'

const DEFAULT_URL = 'postgres://postgres@127.0.0.1:5432/postgres'
const DEFAULT_PORT = 5432

/**
 * Finds a PostgreSQL server for the tests: `DATABASE_URL`, else one on the usual port, else one started for this run
 * from Debian's packages.
 * @returns {Promise<{ url: string, stop(): void }>}
 */
export async function ensurePostgres() {
  const url = process.env.DATABASE_URL ?? DEFAULT_URL
  if (await answers(url, DEFAULT_PORT)) return { url, stop: () => undefined }
  if (process.env.DATABASE_URL)
    fail(`No PostgreSQL server answers at DATABASE_URL (${new URL(url).host}). Start it, or unset DATABASE_URL.`)
  const bin = postgresPrograms() ?? ((await aptInstall(['postgresql'])) ? postgresPrograms() : undefined)
  if (await answers(url, DEFAULT_PORT)) return { url, stop: () => undefined } // the package starts a server of its own on some systems
  if (!bin)
    fail(
      'The storage tests need PostgreSQL. Install it (Debian, Ubuntu: apt-get install postgresql) or set DATABASE_URL.',
    )
  return startOwn(bin)
}

function postgresPrograms() {
  const base = '/usr/lib/postgresql'
  if (!existsSync(base)) return undefined
  const newest = readdirSync(base).sort((a, b) => Number(b) - Number(a))[0]
  return newest && join(base, newest, 'bin')
}

/** A throw-away cluster on a free port. PostgreSQL refuses to run as root, so root hands it to the `postgres` user. */
async function startOwn(bin) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-postgres-'))
  const identity = process.getuid?.() === 0 ? userIds('postgres') : {}
  if (identity.uid) chownSync(folder, identity.uid, identity.gid)
  const port = await freePort()
  const data = join(folder, 'data')
  const call = (program, args) => spawnSync(join(bin, program), args, { ...identity, cwd: folder, encoding: 'utf8' })
  const made = call('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync'])
  // Nothing in it outlives the run, so nothing waits for the disk.
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off`
  if (made.status !== 0) fail(`PostgreSQL could not make a database: ${made.stderr}`)
  const started = call('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start'])
  if (started.status !== 0) fail(`PostgreSQL could not be started: ${started.stderr}`)
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop() {
      call('pg_ctl', ['-D', data, '-m', 'immediate', 'stop'])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function userIds(name) {
  const id = (flag) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout)
  return { uid: id('-u'), gid: id('-g') }
}
