// node bench/dialects.mjs [--rounds 3]: the same app through every API, 200 streams at 5 ms a token. One server, all
// clients in turns; figures are medians of the rounds, beside those of the chat's own route in the same run.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { startParley } from './parley.mjs'
import { startNode, stop } from './processes.mjs'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } })
const here = fileURLToPath(new URL('.', import.meta.url))
const MODEL_PORT = 9190
const url = 'http://127.0.0.1:9192'
const CLIENTS = ['chatkit', 'langgraph', 'xpert', 'clickai']
const CASES = {
  many: { conversations: 200, messages: 2, tokens: 100, delay: 5 },
  one: { conversations: 1, messages: 20, tokens: 100, delay: 5 },
}
const WARM_UP = 100

const folder = mkdtempSync(join(tmpdir(), 'parley-dialects-'))
const model = startNode([join(here, 'fake-model.mjs')], { PORT: String(MODEL_PORT) })
const server = startParley({ port: 9192, modelPort: MODEL_PORT, data: join(folder, 'data') })
try {
  const key = await makeKey()
  const figures = {}
  for (let round = 0; round < Number(values.rounds); round++)
    for (const client of CLIENTS)
      for (const [name, load] of Object.entries(CASES)) {
        const args = JSON.stringify({ ...load, client, key, url, pid: server.pid, warmUp: round === 0 ? WARM_UP : 10 })
        const { stdout } = await promisify(execFile)(process.execPath, [join(here, 'load.mjs'), args])
        console.error(`${client} · ${name}: ${stdout.trim()}`)
        figures[`${client} ${name}`] = [...(figures[`${client} ${name}`] ?? []), JSON.parse(stdout)]
      }
  print(figures)
} finally {
  await Promise.all([stop(model), stop(server)])
  rmSync(folder, { recursive: true, force: true })
}

/** An API key of the app, once the server answers. */
async function makeKey() {
  const body = JSON.stringify({ name: 'Benchmark', app: 'demo', scopes: ['chat'] })
  for (let tries = 0; tries < 200; tries++) {
    const answer = await fetch(`${url}/api/admin/v1/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    }).catch(() => undefined)
    if (answer?.ok) return (await answer.json()).secret
    if (answer && answer.status < 500) throw new Error(`no key was made: ${await answer.text()}`)
    await wait(50)
  }
  throw new Error('the server did not start')
}

function print(figures) {
  const median = (name, pick) => {
    const sorted = figures[name].map(pick).sort((a, b) => a - b)
    return sorted[(sorted.length - 1) >> 1]
  }
  const errorsOf = (name) =>
    figures[name].flatMap(({ errors }) => Object.entries(errors)).map(([what, n]) => `${n} × ${what}`)
  const speed = (client) => median(`${client} many`, ({ tokensPerS }) => tokensPerS)
  const bar = (value, limit, atLeast) => ((atLeast ? value >= limit : value <= limit) ? 'met' : 'MISSED')
  console.log(
    '\n| API | tokens/s to ChatKit’s (≥ 0.7) | | ends behind the model’s last token, p50 (≤ 5 ms) | | CPU per 1000 tokens | errors |',
  )
  console.log('|---|---:|---|---:|---|---:|---|')
  for (const client of CLIENTS) {
    const ratio = speed(client) / speed('chatkit')
    const end = median(`${client} one`, ({ endLagMs }) => endLagMs.p50)
    const cpu = median(`${client} many`, ({ cpuMsPer1000Tokens }) => cpuMsPer1000Tokens)
    const errors = [...errorsOf(`${client} many`), ...errorsOf(`${client} one`)].join(', ') || 'none'
    console.log(
      `| ${client} | ${ratio.toFixed(2)} | ${bar(ratio, 0.7, true)} | ${end.toFixed(1)} ms | ${bar(end, 5)} | ${cpu.toFixed(1)} ms | ${errors} |`,
    )
  }
}
