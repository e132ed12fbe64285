// Prints what a first visit downloads, compressed with brotli, and fails when it has grown past its budget.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'

const KB = 1024
const dist = fileURLToPath(new URL('../apps/chat/dist', import.meta.url))
const sizeOf = (file) => brotliCompressSync(readFileSync(join(dist, file))).length

const budgets = [
  { name: 'element (chatkit.js)', files: ['chatkit.js'], limit: 8 * KB },
  { name: 'frame (HTML, CSS, JS at start)', files: filesAtStart('frame/index.html'), limit: 60 * KB },
]

let tooBig = false
for (const { name, files, limit } of budgets) {
  const size = files.reduce((sum, file) => sum + sizeOf(file), 0)
  tooBig ||= size > limit
  console.log(`${name.padEnd(32)} ${kilobytes(size)} of ${kilobytes(limit)}${size > limit ? '  TOO BIG' : ''}`)
  if (files.length > 1) for (const file of files) console.log(`  ${file.padEnd(30)} ${kilobytes(sizeOf(file))}`)
}
process.exitCode = tooBig ? 1 : 0

/** A page and every script, preloaded chunk and style its HTML names; what loads later, on first use, is not counted. */
function filesAtStart(page) {
  const html = readFileSync(join(dist, page), 'utf8')
  const assets = [...html.matchAll(/(?:src|href)="[^"]*?(assets\/[^"]+)"/g)].map(([, file]) => file)
  return [page, ...new Set(assets)]
}

function kilobytes(bytes) {
  return `${(bytes / KB).toFixed(1).padStart(6)} KB`
}
