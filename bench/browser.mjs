/**
 * What the chat costs the browser, beside deep-chat and a floor in the same run:
 * `node bench/browser.mjs [--runs 3] [--viewport 420x720] [--only stream,frames,burst,threads,ready,opening,heap] [--no-peer] [--trace]`.
 *
 * The built server answers through a model that writes 2,000 tokens of Markdown. deep-chat gets the same tokens over the
 * same kind of line, through its own handler. The floor is one text node that takes them once per frame. All share this
 * machine, take turns, and are told by their medians, so that ratios mean something. Nothing polls a page that is measured.
 * Without a GPU, as on a server; raster and compositing are other threads and are not counted.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { freePort } from '../scripts/setup/free-port.mjs'
import { createPages } from './browser/chat.mjs'
import { startHost } from './browser/host.mjs'
import { measureHeap, measureIdle, measureOpening, measureReady, measureStream } from './browser/measure.mjs'
import { startModel } from './browser/model.mjs'
import { loadPeer } from './browser/peer.mjs'
import { printBars, printRows } from './browser/tables.mjs'
import { startNode, stop } from './processes.mjs'

const { values: given } = parseArgs({
  allowNegative: true,
  options: {
    runs: { type: 'string', default: '3' },
    viewport: { type: 'string', default: '420x720' },
    only: { type: 'string', default: 'stream,frames,burst,threads,ready,opening,heap' },
    peer: { type: 'boolean', default: true },
    trace: { type: 'boolean', default: false },
  },
})
const RUNS = Number(given.runs)
const [width, height] = given.viewport.split('x').map(Number)
const wanted = given.only.split(',')
const here = fileURLToPath(new URL('.', import.meta.url))

const peer = given.peer ? await loadPeer() : undefined
const model = await startModel((...file) => peer?.serve(...file))
const data = mkdtempSync(join(tmpdir(), 'parley-bench-'))
const port = await freePort()
const server = startNode([join(here, '../packages/server/bin/parley.cjs')], {
  PORT: String(port),
  PARLEY_DATA: data,
  OPENAI_BASE_URL: `${model.url}/v1`,
  OPENAI_API_KEY: 'bench',
  PARLEY_MODEL: 'fake',
  DATABASE_URL: '',
})
const host = await startHost(`http://127.0.0.1:${port}`)
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
})
const pages = createPages(browser, { url: host.url, other: model.url, viewport: { width, height } })

/** One measurement: a name, how to take it once. Rounds go through all of them, so that a slow minute hits every one. */
const cases = {
  stream: () => [...withPeer('stream', 'long', 10), ['stream floor', () => streamOn('floor', 'long', 0)]],
  burst: () => withPeer('burst', 'burst', 10),
  threads: () => [200, 1000].map((count) => [`stream parley ${count}`, () => streamOn('parley', 'long', count)]),
  ready: () => subjects().map((name) => [`ready ${name}`, () => measureReady(pages, name)]),
  opening: () => [10, 1000].map((count) => [`opening parley ${count}`, () => measureOpening(pages, 'parley', count)]),
  frames: () => [],
  heap: () => [0, 1000].map((count) => [`heap parley ${count}`, () => measureHeap(pages, 'parley', count)]),
}
const results = new Map()
try {
  await untilReady()
  const plan = wanted.flatMap((name) => cases[name]())
  for (let round = 0; round < RUNS; round++) {
    for (const [name, take] of plan) {
      const result = await take()
      results.set(name, [...(results.get(name) ?? []), result])
      console.error(`${round + 1}/${RUNS} ${name}: ${JSON.stringify(result)}`)
    }
  }
  if (wanted.includes('frames')) {
    results.set('frames parley', [await streamOn('parley', 'long', 10, { countFrames: true })])
    results.set('frames floor', [await streamOn('floor', 'long', 0, { countFrames: true })])
    results.set('frames idle', [await measureIdle(await pages.openWhole('floor', 0), 10_000)])
  }
} finally {
  await browser.close()
  await stop(server)
  host.close()
  model.close()
  rmSync(data, { recursive: true, force: true })
}
printRows(results)
printBars(results, peer)

function subjects() {
  return peer ? ['parley', 'deep-chat'] : ['parley']
}

function withPeer(label, question, messages) {
  return subjects().map((name) => [`${label} ${name} ${messages}`, () => streamOn(name, question, messages)])
}

async function streamOn(name, question, messages, { countFrames = false } = {}) {
  const opened = await pages.openWhole(name, messages)
  const traceAs = given.trace && !countFrames ? `${name}-${question}-${messages}` : undefined
  return measureStream(opened, { model, question, countFrames, traceAs })
}

async function untilReady() {
  const isUp = () =>
    fetch(`${host.url}/healthz`).then(
      (response) => response.ok,
      () => false,
    )
  while (!(await isUp())) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}; is it built?`)
    await wait(20)
  }
}
