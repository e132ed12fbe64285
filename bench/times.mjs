// node bench/times.mjs: the operations for which the ChatKit guide (seed 002, "Expected Response Times") names times, on
// the built server with an embedded database. The model answers at once, so what is measured is the server.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startNode, stop } from './processes.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const MODEL = 'http://127.0.0.1:9193'
const SERVER = 'http://127.0.0.1:9194'
const ROUNDS = 100
const WARM_UP = 50

/** Milliseconds: the upper end of what the guide expects, and its "Max Time". */
const TIMES = {
  'thread creation': { expected: 500, most: 2_000, measure: createThread },
  'message send': { expected: 2_000, most: 5_000, measure: sendMessage },
  'thread list': { expected: 200, most: 1_000, measure: listThreads },
  'agent response': { expected: 5_000, most: 30_000, measure: answerMessage },
}

const data = mkdtempSync(join(tmpdir(), 'parley-times-'))
const running = [
  startNode([join(here, 'fake-model.mjs')], { PORT: new URL(MODEL).port }),
  startNode([join(here, '../packages/server/bin/parley.cjs')], {
    PORT: new URL(SERVER).port,
    PARLEY_DATA: data,
    ENVIRONMENT: 'development',
    OPENAI_BASE_URL: `${MODEL}/v1`,
    PARLEY_MODEL: 'fake',
  }),
]
let threadId = ''
try {
  await untilReady()
  for (let round = 0; round < WARM_UP; round++) await createThread()
  threadId = (await json('threads.list', { limit: 1 })).data[0].id
  console.log('| operation | median | slowest | expected, at most | |\n|---|---:|---:|---:|---|')
  for (const [name, { expected, most, measure }] of Object.entries(TIMES)) {
    const times = []
    for (let round = 0; round < ROUNDS; round++) times.push(await measure())
    times.sort((one, other) => one - other)
    const [median, slowest] = [times[ROUNDS >> 1], times.at(-1)]
    const verdict = median <= expected && slowest <= most ? 'met' : 'missed'
    console.log(`| ${name} | ${ms(median)} | ${ms(slowest)} | ${expected} ms, ${most} ms | ${verdict} |`)
  }
} finally {
  await Promise.all(running.map(stop))
  rmSync(data, { recursive: true, force: true })
}

/** Until the thread is told. */
function createThread() {
  return timed(async () => untilEvent(await post('threads.create', { input: message() }), /"type":"thread\.created"/))
}

/** Until the message is stored. */
function sendMessage() {
  const params = { thread_id: threadId, input: message() }
  return timed(async () => untilEvent(await post('threads.add_user_message', params), /"type":"user_message"/))
}

function listThreads() {
  return timed(() => json('threads.list', { limit: 20 }))
}

/** A message in a new thread, until the last of the 100 tokens of its answer is stored. */
function answerMessage() {
  return timed(async () => (await post('threads.create', { input: message() })).text())
}

async function timed(work) {
  const begin = performance.now()
  const rest = await work()
  const time = performance.now() - begin
  await rest?.end?.()
  return time
}

/** Reads to the event; the rest is read afterwards. */
async function untilEvent(response, wanted) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  for (let text = ''; !wanted.test(text); ) {
    const { done, value } = await reader.read()
    if (done) throw new Error(`The stream ended without ${wanted}: ${text}`)
    text += value
  }
  return {
    async end() {
      while (!(await reader.read()).done);
    },
  }
}

function message() {
  return {
    content: [{ type: 'input_text', text: 'Hello [[tokens=100 delay=0]]' }],
    attachments: [],
    inference_options: {},
  }
}

function post(type, params) {
  const headers = { 'content-type': 'application/json' }
  return fetch(`${SERVER}/api/chatkit`, { method: 'POST', headers, body: JSON.stringify({ type, params }) })
}

async function json(type, params) {
  return (await post(type, params)).json()
}

function ms(time) {
  return `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`
}

async function untilReady() {
  for (let tries = 0; tries < 600; tries++) {
    if ((await fetch(`${SERVER}/readyz`).catch(() => undefined))?.ok) return
    await wait(50)
  }
  throw new Error('The server did not start. Build it first: npm run build')
}
