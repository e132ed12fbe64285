// node bench/knowledge.mjs: how long a search of a knowledge base of 10,000 passages takes on the embedded store.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const PASSAGES = 10_000
const DIMENSIONS = 1536
const SEARCHES = 200

const load = async (path) => {
  const file = fileURLToPath(new URL(`../packages/server/src/${path}`, import.meta.url))
  const { module } = await runnerImport(file, {
    logLevel: 'error',
    environments: { inline: { resolve: { conditions: ['parley-source'], noExternal: ['@parley/protocol'] } } },
  })
  return module
}
const { sqliteStore } = await load('storage/sqlite/index.ts')
const { createKnowledgeBases } = await load('knowledge/knowledge-bases.ts')

let seed = 1
const random = () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return seed / 2_147_483_648
}
const WORDS = Array.from({ length: 5000 }, (_, index) => `word${index.toString(36)}`)
const word = () => WORDS[Math.floor(random() ** 2 * WORDS.length)]
const sentence = (count) => Array.from({ length: count }, word).join(' ')
const embedder = {
  model: 'random',
  embed: async (texts) => texts.map(() => Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5)),
}

const folder = mkdtempSync(join(tmpdir(), 'parley-knowledge-bench-'))
const store = sqliteStore(join(folder, 'parley.db'))
const knowledge = createKnowledgeBases({
  store: store.knowledge,
  embedder,
  clock: { now: () => new Date(), after: () => () => undefined },
  log: console,
})
try {
  const base = await knowledge.create('default', { name: 'Bench' })
  const filling = performance.now()
  for (let document = 0; document < 20; document++) {
    const sections = Array.from({ length: PASSAGES / 20 }, (_, index) => `## Section ${index}\n\n${sentence(120)}`)
    await knowledge.addDocument('default', base.id, { title: `Document ${document}`, text: sections.join('\n\n') })
  }
  await knowledge.idle()
  const filled = performance.now() - filling

  const opening = performance.now()
  await knowledge.search('default', [base.id], sentence(3), { limit: 5 })
  const opened = performance.now() - opening

  const times = []
  const cpu = process.cpuUsage()
  for (let index = 0; index < SEARCHES; index++) {
    const query = sentence(6)
    const begin = performance.now()
    await knowledge.search('default', [base.id], query, { limit: 5 })
    times.push(performance.now() - begin)
  }
  const { user, system } = process.cpuUsage(cpu)
  times.sort((a, b) => a - b)
  const at = (share) => times[Math.ceil(share * times.length) - 1].toFixed(1)
  console.log(`${PASSAGES} passages of 120 words, vectors of ${DIMENSIONS} numbers, embedded store`)
  console.log(`filled in ${(filled / 1000).toFixed(1)} s, first search (reads the base) ${opened.toFixed(0)} ms`)
  console.log(`CPU of a search: ${((user + system) / 1000 / SEARCHES).toFixed(1)} ms`)
  console.log(`search: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms (bar: p95 at most 50 ms)`)
} finally {
  await knowledge.stop()
  await store.close()
  rmSync(folder, { recursive: true, force: true })
}
