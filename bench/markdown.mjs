/**
 * The Markdown renderer alone, in Chromium: `node bench/markdown.mjs [--runs 5]`.
 * Pushes generated answers token by token and prints the time on the main thread (layout not included), how it grows
 * with length, the worst inputs we know of, and the size of the built renderer.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { brotliCompressSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { build, runnerImport } from 'vite'
import { answer, tokenize } from './markdown-inputs.mjs'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' } } })
const RUNS = Number(values.runs)
const SIZES = [2000, 5000, 10000]

const sources = fileURLToPath(new URL('../apps/chat/src/markdown', import.meta.url))
const { worstInputs } = (await runnerImport(`${sources}/worst-inputs.ts`)).module
const script = await buildRenderer()
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})

console.log(`renderer: ${script.length} bytes minified, ${brotliCompressSync(script).length} bytes brotli\n`)
await printSizes()
await printWorst()
await browser.close()

async function printSizes() {
  const rows = []
  for (const size of SIZES) {
    const text = answer(size)
    const tokens = tokenize(text)
    const streamed = await measure({ pieces: tokens })
    const whole = await measure({ pieces: [text] })
    rows.push({
      tokens: tokens.length,
      KB: kilobytes(text),
      'CPU ms': streamed,
      'µs/token': round((streamed * 1000) / tokens.length),
      'one piece, ms': whole,
    })
  }
  console.table(rows)
  const [first] = rows
  const last = rows.at(-1)
  console.log(
    `growth exponent ${SIZES[0]} → ${SIZES.at(-1)} tokens: ${exponent(last['CPU ms'] / first['CPU ms'], last.tokens / first.tokens)}\n`,
  )
}

/** Each input at two lengths: what is linear doubles. */
async function printWorst() {
  const rows = []
  for (const [name, make] of Object.entries(worstInputs)) {
    const [half, full] = [make(0.5), make(1)]
    const [halfMs, ms] = [await measure({ pieces: tokenize(half) }), await measure({ pieces: tokenize(full) })]
    const whole = await measure({ pieces: [full] })
    rows.push({
      input: name,
      KB: kilobytes(full),
      'CPU ms': ms,
      'growth exponent': exponent(ms / halfMs, 2),
      'one piece, ms': whole,
    })
  }
  console.table(rows)
}

/**
 * CPU time of the main thread, median over fresh pages: every run starts with cold code as a real first answer does,
 * and other work on the machine does not count.
 */
async function measure({ pieces }) {
  const times = []
  for (let run = 0; run < RUNS; run++) {
    const page = await browser.newPage()
    await page.setContent('<!doctype html><div id="root"></div>')
    await page.addScriptTag({ content: script })
    await page.evaluate((texts) => {
      globalThis.pieces = texts
    }, pieces)
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const before = await threadTimeMs(session)
    await page.evaluate(renderInPage)
    times.push((await threadTimeMs(session)) - before)
    await page.close()
  }
  return round(times.sort((a, b) => a - b)[times.length >> 1])
}

async function threadTimeMs(session) {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'ThreadTime').value * 1000
}

function renderInPage() {
  const root = document.createElement('div')
  document.body.append(root)
  const stream = globalThis.markdown.createMarkdownStream(root)
  for (const piece of globalThis.pieces) stream.push(piece)
  stream.end()
  // Layout has its own budget; here only the renderer counts.
  root.remove()
}

async function buildRenderer() {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: `${sources}/stream.ts`, formats: ['iife'], name: 'markdown' },
    },
  })
  return [output].flat()[0].output[0].code
}

function kilobytes(text) {
  return round(text.length / 1000)
}

function round(value) {
  return Math.round(value * 10) / 10
}

function exponent(timeRatio, sizeRatio) {
  return Math.round((Math.log(timeRatio) / Math.log(sizeRatio)) * 100) / 100
}
