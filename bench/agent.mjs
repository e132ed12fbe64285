// What the Agents SDK bridge itself costs: per token, per start of a run, and per transport to the model host.
//
//   npm run build && node bench/agent.mjs [tokens | tools | start | node:http | fetch]
//
// No storage and no HTTP server: thread items come from memory, events are counted and dropped.
import { Agent, tool } from '@openai/agents-core'
import { runRecorder } from '@parley/server'
import { agentApp, callTool, chatCompletionsModel, fetchTransport, say, scriptedModel } from '@parley/server/agents'
import { createModelTransport } from '@parley/server/node'
import { startNode, stop } from './processes.mjs'

const TOKENS = 20_000
const STREAMS = 200
const PORT = 9155

const agent = new Agent({ name: 'Bench', instructions: 'Answer.' })
const agentWithTools = new Agent({
  name: 'Bench',
  instructions: 'Answer.',
  tools: [
    tool({
      name: 'look_up',
      description: 'Looks something up.',
      parameters: {
        type: 'object',
        properties: { query: { type: 'string' } },
        required: ['query'],
        additionalProperties: false,
      },
      execute: ({ query }, run) =>
        `[${run.context.sources.add({ type: 'url', url: 'https://a.example/', title: 'A' })}] ${query}`,
    }),
  ],
})
const CALLS = Array.from({ length: 3 }, (_, index) => callTool('look_up', { query: `question ${index}` }))
const rows = []
const NOW = '2026-01-01T00:00:00.000Z'

const only = process.argv[2]
const wanted = (part) => only === undefined || only === part

if (wanted('tokens')) await measureTokens()
if (wanted('tools')) await measureTools()
if (wanted('start')) for (const items of [2, 400]) await measureStart(items)
if (wanted('node:http')) await withFakeModel(() => measureTransport('node:http', createModelTransport()))
if (wanted('fetch')) await withFakeModel(() => measureTransport('fetch', fetchTransport))
console.table(rows)

/** CPU per token through runner and bridge, every token an event of its own. */
async function measureTokens() {
  const pieces = Array.from({ length: TOKENS }, (_, index) => ` word${index}`)
  const model = scriptedModel(...Array.from({ length: 6 }, () => say(...pieces)))
  const cost = []
  for (let round = 0; round < 6; round++) cost.push((await cpuMs(() => drain(model, thread(1)))) / TOKENS)
  rows.push({ what: 'runner + bridge, CPU per token', value: `${(median(cost.slice(1)) * 1000).toFixed(2)} µs` })
}

/**
 * The same answers without anything, and after tool calls that are shown as steps and found what the answer cites; in
 * turns. What a run costs once, whatever its length, is told apart from what each token costs.
 */
async function measureTools() {
  const [short, long] = [1_000, 20_000]
  const kinds = {
    plain: (pieces) => drain(scriptedModel(say(...pieces)), thread(1)),
    withTools: (pieces) => drain(scriptedModel(...CALLS, say(...pieces)), thread(1), agentWithTools),
    traced: (pieces) => drainTraced(scriptedModel(...CALLS, say(...pieces))),
  }
  const cost = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, { [short]: [], [long]: [] }]))
  for (let round = 0; round < 30; round++)
    for (const tokens of [short, long])
      for (const [kind, run] of Object.entries(kinds)) {
        const pieces = Array.from({ length: tokens }, (_, index) => (index % 50 === 49 ? ' [1]' : ` word${index}`))
        cost[kind][tokens].push(await cpuMs(() => run(pieces)))
      }
  const [plain, withTools, traced] = Object.values(cost).map((all) => {
    const [one, other] = [median(all[short].slice(6)), median(all[long].slice(6))]
    const perToken = (other - one) / (long - short)
    return { perToken: perToken * 1000, once: one - perToken * short }
  })
  rows.push({
    what: 'CPU per token: plain → after 3 tool calls, with steps and sources',
    value: `${plain.perToken.toFixed(2)} → ${withTools.perToken.toFixed(2)} µs, × ${(withTools.perToken / plain.perToken).toFixed(2)}`,
  })
  rows.push({
    what: 'the same with its trace, content included, and a memory of so many tokens',
    value: `${plain.perToken.toFixed(2)} → ${traced.perToken.toFixed(2)} µs, × ${(traced.perToken / plain.perToken).toFixed(2)}`,
  })
  rows.push({
    what: 'CPU once a run: plain → with the 3 tool calls and their 3 model turns',
    value: `${plain.once.toFixed(2)} → ${withTools.once.toFixed(2)} → traced ${traced.once.toFixed(2)} ms`,
  })
}

/** Time from the start of a run to the model's request, and to the end of a one-word answer. */
async function measureStart(count) {
  const items = thread(count)
  const starts = []
  const wholes = []
  for (let round = 0; round < 60; round++) {
    const started = performance.now()
    let asked = 0
    const scripted = scriptedModel(say('Hi'))
    const model = {
      ...scripted,
      getStreamedResponse(request) {
        asked = performance.now() - started
        return scripted.getStreamedResponse(request)
      },
    }
    await drain(model, items)
    starts.push(asked)
    wholes.push(performance.now() - started)
  }
  rows.push({
    what: `start of a run, ${count} items in the thread`,
    value: `${median(starts.slice(20)).toFixed(2)} ms`,
  })
  rows.push({ what: `whole one-word run, ${count} items`, value: `${median(wholes.slice(20)).toFixed(2)} ms` })
}

async function measureTransport(name, transport) {
  for (const steering of ['tokens=200 delay=50', 'tokens=1000 delay=0']) {
    await measureStreams(`${name}, bare`, steering, () => drainBare(transport, steering))
    const model = chatCompletionsModel({ baseUrl: `http://127.0.0.1:${PORT}/v1`, transport }, 'fake')
    await measureStreams(`${name}, runner + bridge`, steering, () => drain(model, thread(1, `[[${steering}]]`)))
  }
}

async function measureStreams(name, steering, stream) {
  await stream()
  const started = performance.now()
  const cpu = await cpuMs(() => Promise.all(Array.from({ length: STREAMS }, stream)))
  const seconds = (performance.now() - started) / 1000
  const tokens = STREAMS * Number(/tokens=(\d+)/.exec(steering)[1])
  const perThousand = `${((cpu / tokens) * 1000).toFixed(1)} ms CPU per 1000 tokens`
  rows.push({
    what: `${name}, ${STREAMS} × ${steering}`,
    value: `${perThousand}, ${Math.round(tokens / seconds)} tokens/s`,
  })
}

/** As a server does it that keeps traces: the tree is made and written down when the run is over. */
async function drainTraced(model) {
  const recorded = runRecorder({ keepsContent: true }).record('bench', undefined)
  const events = await drain(model, thread(1), agentWithTools, {
    trace: { span: recorded.span },
    memory: { maxTokens: 100_000, summarize: false },
  })
  JSON.stringify(recorded.finish({ isStopped: false }))
  return events
}

async function drain(model, items, who = agent, { trace = {}, memory } = {}) {
  const app = agentApp({
    agent: who,
    memory,
    models: { kind: 'chat-completions', describe: async () => 'bench', model: async () => model },
  })
  let events = 0
  for await (const event of app.run({ ...contextOf(items), trace })) if (event.type === 'thread.item.updated') events++
  return events
}

function contextOf(items) {
  let ids = 0
  const loadItems = async ({ limit, order, after }) => {
    const ordered = order === 'asc' ? items : items.toReversed()
    const start = after ? ordered.findIndex(({ id }) => id === after) + 1 : 0
    return {
      data: ordered.slice(start, start + limit),
      has_more: start + limit < items.length,
      after: ordered[start + limit - 1]?.id,
    }
  }
  return {
    run: { id: 'run_1', attempt: 1 },
    thread: { id: 'thr_1', title: 'Bench', created_at: NOW, status: { type: 'active' }, metadata: {} },
    context: {},
    trigger: { type: 'user_message', item: items.at(-1) },
    signal: new AbortController().signal,
    loadItems,
    readItems: loadItems,
    keepCheckpoint: () => undefined,
    afterwards: () => undefined,
    generateId: (kind) => `${kind}_${++ids}`,
  }
}

/** The least anybody can do: read the bytes, find the events and parse them. */
async function drainBare(transport, steering) {
  const body = JSON.stringify({ model: 'fake', stream: true, messages: [{ role: 'user', content: `[[${steering}]]` }] })
  const response = await transport(`http://127.0.0.1:${PORT}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  let rest = ''
  for await (const bytes of response.body) {
    const lines = (rest + Buffer.from(bytes).toString('utf8')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.startsWith('data: {')) JSON.parse(line.slice(6))
  }
  return 1
}

/** A thread that ends with a user message. */
function thread(count, last = 'And then?') {
  return Array.from({ length: count }, (_, index) => {
    const fromUser = (count - index) % 2 === 1
    const text =
      index === count - 1
        ? last
        : `Line ${index} of a conversation about this and that, as long as people write. `.repeat(3)
    const common = { id: `item_${index}`, thread_id: 'thr_1', created_at: NOW }
    return fromUser
      ? {
          type: 'user_message',
          ...common,
          content: [{ type: 'input_text', text }],
          attachments: [],
          inference_options: {},
        }
      : { type: 'assistant_message', ...common, content: [{ type: 'output_text', text, annotations: [] }] }
  })
}

async function withFakeModel(work) {
  const fake = startNode(['bench/fake-model.mjs'], { PORT: String(PORT) })
  try {
    await waitForModel()
    await work()
  } finally {
    await stop(fake)
  }
}

async function waitForModel() {
  for (let attempt = 0; attempt < 100; attempt++) {
    const up = await fetch(`http://127.0.0.1:${PORT}/v1/models`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (up) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The fake model did not start.')
}

async function cpuMs(work) {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}
