// Prints what a first visit downloads, and what our client adds to a page, compressed with brotli; fails when one has
// grown past its budget.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'vite'

const KB = 1024
const dist = fileURLToPath(new URL('../apps/chat/dist', import.meta.url))
const sizeOf = (file) => packed(readFileSync(join(dist, file)))

const budgets = [
  { name: 'element (chatkit.js)', files: ['chatkit.js'], limit: 8 * KB },
  { name: 'frame (HTML, CSS, JS at start)', files: filesAtStart('frame/index.html'), limit: 60 * KB },
]

let tooBig = false
report('@parley/client (all of it)', packed(await clientInOneFile()), 12 * KB)
for (const { name, files, limit } of budgets) {
  report(
    name,
    files.reduce((sum, file) => sum + sizeOf(file), 0),
    limit,
  )
  if (files.length > 1) for (const file of files) console.log(`  ${file.padEnd(30)} ${kilobytes(sizeOf(file))}`)
}
process.exitCode = tooBig ? 1 : 0
if (/\bfrom ['"]/.test(readFileSync(new URL('../packages/client/dist/index.d.ts', import.meta.url), 'utf8')))
  throw new TypeError('The types of @parley/client have come to need another package, which is not installed with it.')

/** A page and every script, preloaded chunk and style its HTML names; what loads later, on first use, is not counted. */
function filesAtStart(page) {
  const html = readFileSync(join(dist, page), 'utf8')
  const assets = [...html.matchAll(/(?:src|href)="[^"]*?(assets\/[^"]+)"/g)].map(([, file]) => file)
  return [page, ...new Set(assets)]
}

function report(name, size, limit) {
  tooBig ||= size > limit
  console.log(`${name.padEnd(32)} ${kilobytes(size)} of ${kilobytes(limit)}${size > limit ? '  TOO BIG' : ''}`)
}

/** What a page gets that uses all of it; a page that uses less of it gets less. */
async function clientInOneFile() {
  const entry = fileURLToPath(new URL('../packages/client/src/index.ts', import.meta.url))
  const [{ output }] = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, lib: { entry, formats: ['es'] } },
  })
  if (output.length !== 1 || output[0].imports.length > 0)
    throw new TypeError('@parley/client has come to need others.')
  return output[0].code
}

function packed(content) {
  return brotliCompressSync(content).length
}

function kilobytes(bytes) {
  return `${(bytes / KB).toFixed(1).padStart(6)} KB`
}
