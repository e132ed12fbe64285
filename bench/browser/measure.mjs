// What is measured on a page: an answer that streams, the way to a usable composer, opening a thread, memory.
import { mkdirSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { SLOW_4G } from './bare-page.mjs'
import { END, SHORT_END } from './model.mjs'

const SETTLE_MS = 1000
const output = fileURLToPath(new URL('../output', import.meta.url))

/**
 * One answer, from the question to its end on the screen. `busyMs` is processor time of the main thread; `tasksMs` is
 * how long its tasks took, which on a busy machine is also how long they waited for a processor. Counting frames asks
 * for frames, so that is a run of its own.
 */
export async function measureStream({ page, start }, { model, question, countFrames, traceAs }) {
  await page.evaluate(watch, countFrames)
  await wait(SETTLE_MS)
  if (traceAs) await page.startTracing(['toplevel', 'devtools.timeline', 'cc', 'blink'])
  const before = await page.metrics()
  const replied = model.replied()
  await start(question)
  await replied
  await untilShown(page)
  const after = await page.metrics()
  if (traceAs) {
    mkdirSync(output, { recursive: true })
    writeFileSync(`${output}/trace-${traceAs}.json`, await page.stopTracing())
  }
  const { longTasks, dropped } = await page.evaluate(() => globalThis.seen)
  await page.close()
  const took = (metric) => Math.round((after[metric] - before[metric]) * 1000)
  return {
    busyMs: took('ThreadTime'),
    tasksMs: took('TaskDuration'),
    scriptMs: took('ScriptDuration'),
    layoutMs: took('LayoutDuration'),
    styleMs: took('RecalcStyleDuration'),
    longTasks,
    dropped,
  }
}

/** Frames that this machine drops by itself, on a page that does nothing for as long as an answer takes. */
export async function measureIdle({ page }, ms) {
  await page.evaluate(watch, true)
  await wait(ms)
  const { dropped } = await page.evaluate(() => globalThis.seen)
  await page.close()
  return { busyMs: 0, dropped }
}

/** Asks rarely: asking is work on the thread that is measured. */
async function untilShown(page) {
  const ends = (end) => (globalThis.shownText?.() ?? document.body.textContent).includes(end)
  for (let tries = 0; tries < 300; tries++) {
    await wait(SETTLE_MS)
    if (await page.evaluate(ends, END)) return
  }
  throw new Error('the answer did not reach the screen')
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

/**
 * Milliseconds from the address to a composer that is seen and can be written in, on a slow line and a slow machine. It
 * counts only when what is written and sent at that moment is answered.
 */
export async function measureReady(pages, name) {
  const page = await pages.open(name, 0, { line: SLOW_4G, cpu: 4, first: watchComposer })
  const ms = await page.evaluate(() => globalThis.composerReady)
  await page.evaluate(() => globalThis.composer().focus())
  await page.type('Is it usable?')
  await page.pressEnter()
  const isAnswered = (words) => ['Is it usable?', words].every((text) => globalThis.shownText().includes(text))
  for (let tries = 0; !(await page.evaluate(isAnswered, SHORT_END)); tries++) {
    if (tries > 300) throw new Error(`${name} did not answer what was sent as soon as it could be written`)
    await wait(100)
  }
  await page.close()
  return ms
}

/** Runs before the page. */
function watchComposer() {
  if (globalThis.top !== globalThis) return
  const isPainted = ({ performance }) => performance.getEntriesByName('first-contentful-paint').length > 0
  globalThis.composerReady = new Promise((resolve) => {
    const look = () => {
      const field = globalThis.composer?.()
      const isUsable = field && field.offsetHeight > 0 && !field.disabled && !field.readOnly
      if (isUsable && isPainted(field.ownerDocument.defaultView)) resolve(performance.now())
      else requestAnimationFrame(look)
    }
    look()
  })
}

/** Processor time of the main thread for opening a thread at its newest message. */
export async function measureOpening(pages, name, messages) {
  const page = await pages.open(name, messages)
  const isOpen = (last) => globalThis.shownText?.().includes(last)
  const last = `Question ${messages / 2}:`
  while (!(await page.evaluate(isOpen, last))) await wait(100)
  await wait(SETTLE_MS)
  const { ThreadTime, TaskDuration } = await page.metrics()
  await page.close()
  return { busyMs: Math.round(ThreadTime * 1000), tasksMs: Math.round(TaskDuration * 1000) }
}

/** MB of JavaScript objects, of the page and the chat together. */
export async function measureHeap(pages, name, messages) {
  const { page } = await pages.openWhole(name, messages)
  await wait(SETTLE_MS)
  const heapMB = await page.heapMB()
  await page.close()
  return heapMB
}
