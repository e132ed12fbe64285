// One measurement: C conversations at once, M messages each, over a streaming endpoint. Prints one JSON line.
//
//   node bench/load.mjs '{"client":"chatkit","url":"http://127.0.0.1:8787","pid":123,"conversations":50,"messages":2,"tokens":100,"delay":5}'
//
// Tokens carry the model's clock (fake-model.mjs), so the figures say what the server in between added.
import { Agent, request as open } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { clients } from './clients.mjs'
import { usageOf } from './processes.mjs'

const {
  client: name,
  url,
  pid,
  conversations,
  messages,
  tokens,
  delay,
  rampMs = 0,
  warmUp = 0,
  key,
} = JSON.parse(process.argv[2])
const client = clients[name]
const target = new URL(url)
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, maxFreeSockets: 4096, noDelay: true })
const microseconds = () => Number(process.hrtime.bigint() / 1000n)
const TOKEN = /~([0-9a-z]+)\.([0-9a-z]+)(?:\.[0-9a-z]+)?~/g
const GIVE_UP_MS = 60_000

const results = { firstTokenMs: [], lagMs: [], totalMs: [], endLagMs: [], errors: {} }
let received = 0
let openNow = 0

// As fast as it goes: what is warm afterwards is the same, and a slow case need not wait for minutes.
for (let index = 0; index < warmUp; index++) await send({}, undefined, 0)
const before = usageOf(pid)
let peakMB = before.rssMB
const watch = setInterval(() => {
  if (openNow > 0) peakMB = Math.max(peakMB, usageOf(pid).rssMB)
}, 100)
const started = performance.now()
await Promise.all(
  Array.from({ length: conversations }, async (_, index) => {
    if (rampMs > 0) await wait((rampMs * index) / conversations)
    await converse(messages, results)
  }),
)
const wallS = (performance.now() - started) / 1000
clearInterval(watch)
const after = await quietUsage()

console.log(
  JSON.stringify({
    tokensPerS: received / wallS,
    cpuMsPer1000Tokens: ((after.cpuS - before.cpuS) * 1e6) / Math.max(1, received),
    firstTokenMs: quantiles(results.firstTokenMs),
    lagMs: quantiles(results.lagMs),
    totalMs: quantiles(results.totalMs),
    endLagMs: quantiles(results.endLagMs),
    growth: growthOf(results.firstTokenMs),
    kbPerStream: ((peakMB - before.rssMB) * 1024) / conversations,
    errors: results.errors,
  }),
)
process.exit(0)

async function converse(count, record) {
  const conversation = {}
  for (let index = 0; index < count; index++) await send(conversation, record, delay)
}

function send(conversation, record, pace) {
  const body = JSON.stringify(client.body(conversation, `Say something. [[tokens=${tokens} delay=${pace}]]`))
  return new Promise((resolve) => {
    const sent = microseconds()
    let next = 0
    let rest = ''
    let head = ''
    let tail = ''
    let lastToken = 0
    openNow++
    const finish = (failure) => {
      openNow--
      const problem = failure ?? client.failure(tail) ?? (next < tokens ? 'short reply' : undefined)
      if (record && problem) record.errors[problem] = (record.errors[problem] ?? 0) + 1
      if (record && !problem) {
        const now = microseconds()
        record.totalMs.push((now - sent) / 1000)
        record.endLagMs.push((now - lastToken) / 1000)
      }
      client.learn(conversation, head)
      resolve()
    }
    const request = open(
      {
        host: target.hostname,
        port: target.port,
        method: 'POST',
        path: typeof client.path === 'function' ? client.path(conversation) : client.path,
        agent,
        headers: {
          accept: 'text/event-stream',
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          ...client.headers?.({ key }),
        },
      },
      (response) => {
        response.setEncoding('latin1')
        response.on('data', (chunk) => {
          if (head.length < 4096) head += chunk
          tail = (tail + chunk).slice(-4096)
          const text = rest + chunk
          const end = text.lastIndexOf('\n') + 1
          rest = text.slice(end)
          const now = microseconds()
          for (const [, index, stamp] of text.slice(0, end).matchAll(TOKEN)) {
            const written = Number.parseInt(stamp, 36)
            // The whole message comes once more at its end, and history may be echoed: neither is a new token.
            if (Number.parseInt(index, 36) !== next || written < sent) continue
            if (record) {
              received++
              record.lagMs.push((now - written) / 1000)
              if (next === 0) record.firstTokenMs.push((now - sent) / 1000)
            }
            lastToken = written
            next++
          }
        })
        response.on('end', () => finish(response.statusCode < 300 ? undefined : `status ${response.statusCode}`))
        response.on('error', (error) => finish(error.code ?? error.message))
      },
    )
    request.setTimeout(GIVE_UP_MS, () => request.destroy(new Error('no answer')))
    request.on('error', (error) => finish(error.code ?? error.message))
    request.end(body)
  })
}

/** Work the server goes on doing after the last byte (writes) belongs to the messages. */
async function quietUsage() {
  for (let tries = 0, last = usageOf(pid); ; tries++) {
    await wait(250)
    const now = usageOf(pid)
    if (now.cpuS - last.cpuS < 0.02 || tries === 12) return now
    last = now
  }
}

function quantiles(values) {
  const sorted = Float64Array.from(values).sort()
  const at = (share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  return { p50: at(0.5), p99: at(0.99) }
}

/** For one long conversation: the median of messages 2–11 and of the last ten. */
function growthOf(values) {
  return { early: quantiles(values.slice(1, 11)).p50, late: quantiles(values.slice(-10)).p50 }
}
