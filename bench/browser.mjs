/**
 * What a long answer costs the browser: `node bench/browser.mjs [--runs 3] [--viewport 420x720] [--only 10|1000|floor] [--trace]`.
 *
 * The built server answers through a model that writes 2,000 tokens of Markdown, one every 5 ms; the page it serves is
 * open in Chromium with 10 and with 1,000 messages in the thread, all of them loaded. Page and frame share one origin,
 * so one process and one main thread: all of its work is counted, nothing but the chat runs on it, and nothing polls it.
 * Without a GPU, as on a server; raster and compositing are other threads and are not counted. The floor is one text
 * node that takes the same tokens once per frame. Dropped frames are counted in a run of their own, because counting
 * them asks for frames.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { openBarePage } from './bare-page.mjs'
import { END, startModel } from './browser-model.mjs'
import { clients } from './clients.mjs'
import { startNode, stop } from './processes.mjs'

const { values: given } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    viewport: { type: 'string', default: '420x720' },
    only: { type: 'string' },
    trace: { type: 'boolean', default: false },
  },
})
const RUNS = Number(given.runs)
const [width, height] = given.viewport.split('x').map(Number)
const THREADS = [10, 1000]
const BUSY_MS = 800
const GROWTH = 1.15
const SETTLE_MS = 1000
const here = fileURLToPath(new URL('.', import.meta.url))
const isWanted = (name) => !given.only || given.only.split(',').includes(String(name))

const model = await startModel()
const data = mkdtempSync(join(tmpdir(), 'parley-bench-'))
const port = await freePort()
const url = `http://127.0.0.1:${port}`
const server = startNode([join(here, '../packages/server/bin/parley.cjs')], {
  PORT: String(port),
  PARLEY_DATA: data,
  OPENAI_BASE_URL: `${model.url}/v1`,
  OPENAI_API_KEY: 'bench',
  PARLEY_MODEL: 'fake',
  DATABASE_URL: '',
})
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
})

const rows = {}
try {
  await untilReady()
  if (isWanted('floor')) rows.floor = await measure(openFloor)
  for (const messages of THREADS.filter(isWanted)) rows[messages] = await measure(() => openThread(messages))
} finally {
  await browser.close()
  await stop(server)
  model.close()
  rmSync(data, { recursive: true, force: true })
}
printTable()

/** The median run, and the frames dropped in a run of its own. */
async function measure(open) {
  const runs = []
  for (let run = 0; run < RUNS; run++) runs.push(await stream(await open(), { countFrames: false }))
  const middle = runs.sort((a, b) => a.busyMs - b.busyMs)[(runs.length - 1) >> 1]
  const counted = await stream(await open(), { countFrames: true })
  const longTasks = Math.max(...runs.map((run) => run.longTasks))
  return { ...middle, longTasks, dropped: counted.dropped, all: runs.map((run) => run.busyMs) }
}

/** One answer, from the question to its end on the screen. */
async function stream({ page, start, name }, { countFrames }) {
  await page.evaluate(watch, countFrames)
  await wait(SETTLE_MS)
  const traced = given.trace && !countFrames
  if (traced) await page.startTracing(['toplevel', 'devtools.timeline', 'cc', 'blink'])
  const before = await page.metrics()
  const replied = model.replied()
  await start()
  await replied
  await wait(SETTLE_MS)
  const after = await page.metrics()
  if (traced) saveTrace(name, await page.stopTracing())
  const seen = await page.evaluate(report)
  if (!seen.text.includes(END)) throw new Error(`${name}: the answer did not reach the screen`)
  await page.close()
  const took = (metric) => Math.round((after[metric] - before[metric]) * 1000)
  return {
    busyMs: took('TaskDuration'),
    cpuMs: took('ThreadTime'),
    scriptMs: took('ScriptDuration'),
    layoutMs: took('LayoutDuration'),
    styleMs: took('RecalcStyleDuration'),
    layouts: after.LayoutCount - before.LayoutCount,
    longTasks: seen.longTasks,
    dropped: seen.dropped,
  }
}

/** Runs in the page: long tasks are told by the browser; frames are counted by asking for every one. */
function watch(countFrames) {
  const seen = { longTasks: 0, dropped: 0 }
  globalThis.seen = seen
  const inside = globalThis.chatFrame?.() ?? globalThis
  new inside.PerformanceObserver((list) => {
    seen.longTasks += list.getEntries().length
  }).observe({ type: 'longtask' })
  let last
  const count = (now) => {
    if (last !== undefined) seen.dropped += Math.max(0, Math.round((now - last) / (1000 / 60)) - 1)
    last = now
    inside.requestAnimationFrame(count)
  }
  if (countFrames) inside.requestAnimationFrame(count)
}

/** Runs in the page. */
function report() {
  const inside = globalThis.chatFrame?.() ?? globalThis
  return { ...globalThis.seen, text: inside.document.body.textContent }
}

async function openFloor() {
  const page = await openBarePage(browser, `${model.url}/floor`, { width, height })
  await wait(SETTLE_MS)
  return { page, name: 'floor', start: () => page.evaluate(() => void globalThis.start()) }
}

/** A fresh thread of `messages` short messages, scrolled through to its first one and back to its end. */
async function openThread(messages) {
  const page = await openBarePage(browser, `${url}/#${await writeThread(messages)}`, { width, height })
  await page.evaluate(scrollThrough, messages)
  await page.type('long')
  return { page, name: String(messages), start: () => page.pressEnter() }
}

/** Runs in the page: brings every message on the screen once, then the end, and puts the cursor into the composer. */
async function scrollThrough(messages) {
  const soon = () => new Promise((resolve) => setTimeout(resolve, 20))
  globalThis.chatFrame = () => {
    const chat = document.querySelector('openai-chatkit')
    return (chat?.shadowRoot ?? chat)?.querySelector('iframe')?.contentWindow
  }
  const find = (selector) => globalThis.chatFrame()?.document.querySelectorAll(selector) ?? []
  for (let tries = 0; find('.user-message').length < messages / 2; tries++) {
    if (tries > 12_000) throw new Error(`only ${find('.user-message').length} questions came on the screen`)
    find('.thread')[0]?.scrollTo(0, 0)
    await soon()
  }
  find('.thread')[0].scrollTo(0, find('.thread')[0].scrollHeight)
  find('textarea')[0].focus()
}

async function writeThread(messages) {
  const conversation = {}
  for (let at = 0; at < messages; at += 2) {
    const response = await post(clients.chatkit.body(conversation, `Question ${at / 2 + 1}: is it in order?`))
    clients.chatkit.learn(conversation, await response.text())
  }
  return conversation.threadId
}

function post(body) {
  return fetch(`${url}/api/chatkit`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

async function untilReady() {
  while (
    !(await fetch(`${url}/healthz`).then(
      (response) => response.ok,
      () => false,
    ))
  ) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}; is it built?`)
    await wait(20)
  }
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

function saveTrace(name, trace) {
  mkdirSync(join(here, 'output'), { recursive: true })
  writeFileSync(join(here, `output/trace-${name}.json`), trace)
}

function printTable() {
  console.log(
    '| page | busy ms | all runs | of it CPU | script | layout | style | paint, commit, rest | layouts | long tasks | dropped frames |',
  )
  console.log('|---|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|')
  for (const [name, row] of Object.entries(rows)) {
    const rest = row.busyMs - row.scriptMs - row.layoutMs - row.styleMs
    const label = name === 'floor' ? 'floor' : `${name} messages`
    console.log(
      `| ${label} | ${row.busyMs} | ${row.all.join(' ')} | ${row.cpuMs} | ${row.scriptMs} | ${row.layoutMs} | ${row.styleMs} | ${rest} | ${row.layouts} | ${row.longTasks} | ${row.dropped} |`,
    )
  }
  const [short, long] = THREADS.map((messages) => rows[messages])
  if (!short) return
  const bars = [
    ['main thread busy, 10 messages', `${short.busyMs} ms`, `≤ ${BUSY_MS} ms`, short.busyMs <= BUSY_MS],
    ['long tasks', short.longTasks, '0', short.longTasks === 0],
    ['dropped frames', short.dropped, '0', short.dropped === 0],
  ]
  if (long) {
    const ratio = long.busyMs / short.busyMs
    bars.push(['1,000 messages to 10', `${ratio.toFixed(2)} ×`, `≤ ${GROWTH} ×`, ratio <= GROWTH])
  }
  console.log('\n| what | figure | bar | |\n|---|---:|---:|---|')
  for (const [what, figure, bar, isMet] of bars)
    console.log(`| ${what} | ${figure} | ${bar} | ${isMet ? 'met' : 'MISSED'} |`)
}
