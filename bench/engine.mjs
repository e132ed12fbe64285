// What a token costs inside the engine: from the app's generator through the run log to a reader, without HTTP and
// without a database. Run: node --expose-gc bench/engine.mjs
import { fileURLToPath } from 'node:url'
import { build } from 'tsdown'

const root = fileURLToPath(new URL('..', import.meta.url))
const outDir = `${root}node_modules/.cache/bench-engine`

await build({
  config: false,
  clean: true,
  dts: false,
  outDir,
  logLevel: 'error',
  platform: 'neutral',
  inputOptions: { resolve: { conditionNames: ['parley-source', 'import', 'default'], mainFields: ['module', 'main'] } },
  deps: { alwaysBundle: [/^@parley\//], neverBundle: ['zod'] },
  entry: {
    engine: `${root}packages/server/src/engine/create-engine.ts`,
    store: `${root}packages/server/src/storage/memory-store.ts`,
    runs: `${root}packages/server/src/storage/memory-runs.ts`,
  },
})
const [{ createEngine }, { memoryStore }, { memoryRuns }] = await Promise.all(
  ['engine', 'store', 'runs'].map((name) => import(`${outDir}/${name}.mjs`)),
)

const input = { content: [{ type: 'input_text', text: 'Hi' }], attachments: [], inference_options: {} }
const tick = () => new Promise((resolve) => setImmediate(resolve))

/** Writes `tokens` tokens, `perTick` of them in one tick, as a busy model host does. */
const writer = (tokens, perTick) => ({
  async *run({ generateId, thread }) {
    const item = { id: generateId('message'), thread_id: thread.id, created_at: new Date().toISOString() }
    yield { type: 'thread.item.added', item: { ...item, type: 'assistant_message', content: [] } }
    for (let token = 0; token < tokens; token += 1) {
      if (token % perTick === 0) await tick()
      yield {
        type: 'thread.item.updated',
        item_id: item.id,
        update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'token ' },
      }
    }
    const content = [{ type: 'output_text', text: 'token '.repeat(tokens), annotations: [] }]
    yield { type: 'thread.item.done', item: { ...item, type: 'assistant_message', content } }
  },
})

async function drain(stream) {
  let events = 0
  for await (const batch of stream.entries) events += batch.length
  return events
}

/** The same tokens without an engine: what the generator and the ticks cost by themselves. */
async function floor(runs, tokens, perTick) {
  const read = async () => {
    let length = 0
    const context = { generateId: () => 'msg', thread: { id: 'thr' } }
    for await (const event of writer(tokens, perTick).run(context)) length += event.type.length
    return length
  }
  return measure(() => Promise.all(Array.from({ length: runs }, read)), runs * tokens)
}

async function engine(runs, tokens, perTick) {
  const { startThread } = createEngine({ store: memoryRuns(memoryStore(() => 'me')) })
  const start = async () => drain(await startThread({ app: writer(tokens, perTick), context: {} }, input))
  return measure(() => Promise.all(Array.from({ length: runs }, start)), runs * tokens)
}

async function measure(work, tokens) {
  globalThis.gc?.()
  const heapBefore = process.memoryUsage().heapUsed
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  globalThis.gc?.()
  return { micros: (user + system) / tokens, heap: process.memoryUsage().heapUsed - heapBefore }
}

const rows = []
for (const [runs, tokens, perTick] of [
  [1, 200_000, 1],
  [1, 200_000, 16],
  [200, 2000, 1],
  [200, 2000, 16],
]) {
  await engine(runs, tokens, perTick) // warm
  await floor(runs, tokens, perTick)
  const [bare, whole] = [await floor(runs, tokens, perTick), await engine(runs, tokens, perTick)]
  rows.push({
    runs,
    'tokens per run': tokens,
    'per tick': perTick,
    'floor µs/token': bare.micros.toFixed(2),
    'engine adds µs/token': (whole.micros - bare.micros).toFixed(2),
    'kept KB/run': (whole.heap / runs / 1024).toFixed(0),
  })
}
console.table(rows)
process.exit(0)
