// npm run bench [-- paced flood …]: starts the fake model, the floor and Parley on an empty data directory, measures
// every case on both within one run, and prints one table. Nothing else should be busy on the machine meanwhile.
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { bars, cases } from './cases.mjs'
import { clients } from './clients.mjs'
import { startParley } from './parley.mjs'
import { startNode, stop, usageOf } from './processes.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const output = join(here, 'output')
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const rounds = Number(/--rounds=(\d+)/.exec(process.argv.join(' '))?.[1] ?? 1)
const isWanted = (name) => wanted.length === 0 || wanted.includes(name)
const MODEL_PORT = 9190
const COLD_STARTS = 7
/** Messages before anything is measured: figures are those of a server that has been up for a while. */
const WARM_UP = 300

/** How each server is started on an empty disk, and where it answers. */
const servers = {
  floor: {
    port: 9191,
    client: 'floor',
    start: () => startNode([join(here, 'floor.mjs')], { PORT: '9191', MODEL: `http://127.0.0.1:${MODEL_PORT}` }),
  },
  parley: {
    port: 9192,
    client: 'chatkit',
    start: () => startParley({ port: 9192, modelPort: MODEL_PORT, data }),
  },
}

const data = join(mkdtempSync(join(tmpdir(), 'parley-bench-')), 'data')
const rows = {}
/** Everything started here, so that a failure leaves nothing behind. */
const running = new Set()
try {
  running.add(startNode([join(here, 'fake-model.mjs')], { PORT: String(MODEL_PORT) }))
  await wait(500)
  if (isWanted('cold')) rows.cold = await measureColdStarts()
  for (const name of Object.keys(cases).filter(isWanted)) rows[name] = await measureCase(name)
} finally {
  await Promise.all([...running].map(end))
  rmSync(join(data, '..'), { recursive: true, force: true })
}
mkdirSync(output, { recursive: true })
writeFileSync(join(output, 'results.json'), JSON.stringify(rows, null, 2))
printTable()

/** Fresh servers for every case, both at once idle, loaded one after the other. */
async function measureCase(name) {
  const { only, ...load } = cases[name]
  const figures = {}
  for (let round = 0; round < rounds; round++)
    for (const [server, { port, client, start }] of Object.entries(servers)) {
      if (only && only !== server) continue
      const child = start()
      running.add(child)
      await firstToken(servers[server])
      const args = [
        join(here, 'load.mjs'),
        JSON.stringify({ ...load, client, url: `http://127.0.0.1:${port}`, pid: child.pid, warmUp: WARM_UP }),
      ]
      const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1e7 })
      await end(child)
      figures[server] = [...(figures[server] ?? []), JSON.parse(stdout)]
      console.error(`${name} · ${server}: ${stdout.trim()}`)
    }
  return Object.fromEntries(Object.entries(figures).map(([server, list]) => [server, middle(list)]))
}

/** Several rounds: the one whose throughput is the median. */
function middle(list) {
  return list.sort((a, b) => a.tokensPerS - b.tokensPerS)[(list.length - 1) >> 1]
}

async function measureColdStarts() {
  const figures = {}
  for (const [name, server] of Object.entries(servers)) {
    const times = []
    for (let index = 0; index < COLD_STARTS; index++) {
      const started = performance.now()
      const child = server.start()
      running.add(child)
      times.push((await firstToken(server)) - started)
      if (index === COLD_STARTS - 1) {
        await wait(3000)
        figures[name] = { idleMB: usageOf(child.pid).rssMB }
      }
      await end(child)
    }
    figures[name].coldMs = times.sort((a, b) => a - b)[COLD_STARTS >> 1]
    console.error(`cold · ${name}: ${JSON.stringify(figures[name])}`)
  }
  return figures
}

async function end(child) {
  await stop(child)
  running.delete(child)
}

/** Asks until a token comes; resolves with the time it came. */
async function firstToken(server) {
  for (let tries = 0; tries < 6000; tries++) {
    const at = await ask(server)
    if (at) return at
    await wait(5)
  }
  throw new Error(`no server on port ${server.port} served a token`)
}

function ask({ port, client }) {
  const { path, body } = clients[client]
  return new Promise((resolve) => {
    const call = request(
      { host: '127.0.0.1', port, path, method: 'POST', headers: { 'content-type': 'application/json' } },
      (response) => {
        let text = ''
        let at
        response.on('data', (chunk) => {
          text += chunk
          if (!at && text.includes('~0.')) at = performance.now()
        })
        response.on('end', () => resolve(at))
        response.on('error', () => resolve(undefined))
      },
    )
    call.on('error', () => resolve(undefined))
    call.end(JSON.stringify(body({}, 'hi [[tokens=5 delay=0]]')))
  })
}

function printTable() {
  console.log('\n| what | figure | bar | |\n|---|---:|---:|---|')
  for (const { what, read, figure, atLeast, atMost, unit } of bars) {
    if (!rows[read]) continue
    const value = figure(rows[read])
    const met = atLeast === undefined ? value <= atMost : value >= atLeast
    const bar = atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`
    console.log(`| ${what} | ${Number(value.toPrecision(3))} ${unit} | ${bar} | ${met ? 'met' : 'MISSED'} |`)
  }
}
