import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tool } from '@openai/agents-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { agentApp } from '../agents/agent-runnable.js'
import { loadAgentsSdk } from '../agents/sdk.js'
import { scriptedClock } from '../base/scripted-clock.js'
import { resolveModels } from '../models/model-settings.js'
import { type HostAnswer, scriptedHost } from '../models/scripted-host.js'
import { testParley } from '../testing/test-parley.js'
import { userText } from '../testing/user-text.js'
import { otlpExporter } from './otlp-exporter.js'
import { createTracer } from './tracer.js'

interface WireSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: { key: string; value: Record<string, unknown> }[]
  status?: { code: number; message: string }
}

/** A collector on a port: what it was sent, and what it answers. */
async function startCollector() {
  const bodies: { resourceSpans: { resource: unknown; scopeSpans: { spans: WireSpan[] }[] }[] }[] = []
  const collector = { status: 200, bodies, headers: [] as unknown[], url: '' }
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request.setEncoding('utf8')) text += chunk
    collector.headers.push(request.headers)
    if (collector.status === 200) bodies.push(JSON.parse(text))
    response.writeHead(collector.status, { 'content-type': 'application/json' }).end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  collector.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`
  return collector
}

const spansOf = ({ bodies }: { bodies: Awaited<ReturnType<typeof startCollector>>['bodies'] }): WireSpan[] =>
  bodies.flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((one) => one.spans)),
  )

const attributesOf = ({ attributes }: WireSpan) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))

const SECRET = 'the secret of alice'

/** A server whose agent has a tool and guardrails, a model host and a collector. */
async function traced(answers: [HostAnswer, ...HostAnswer[]], { share = 1, keepsContent = false, trips = false } = {}) {
  const collector = await startCollector()
  const warnings: string[] = []
  const quiet = () => undefined
  const log = { debug: quiet, info: quiet, error: quiet, warn: (message: string) => void warnings.push(message) }
  const clock = scriptedClock()
  const exporter = otlpExporter({
    url: collector.url,
    headers: { 'x-api-key': 'of the collector' },
    resource: { 'service.name': 'chat' },
    log,
    clock,
  })
  const tracer = createTracer({ exporter, share, keepsContent })
  const host = scriptedHost(...answers)
  const models = resolveModels(
    { openaiBaseUrl: 'http://models.test:8080/v1', name: 'test-model' },
    { transport: host.transport },
  )
  const { Agent } = await loadAgentsSdk()
  const agent = new Agent({
    name: 'Agent',
    instructions: `Keep ${SECRET}.`,
    tools: [
      tool({
        name: 'look_up',
        description: 'Looks up.',
        parameters: z.object({ word: z.string() }),
        execute: async () => `found ${SECRET}`,
      }),
    ],
    inputGuardrails: [
      {
        name: 'polite',
        runInParallel: false,
        execute: async () => ({ tripwireTriggered: trips, outputInfo: SECRET }),
      },
    ],
  })
  const parley = testParley({ app: agentApp({ agent, models }), tracer, log })
  onTestFinished(() => parley.close())
  const ask = async (headers: Record<string, string> = {}) =>
    (await parley.send('threads.create', { input: userText(SECRET) }, { headers })).text()
  return { ask, parley, host, collector, tracer, clock, warnings }
}

const TOOL: HostAnswer = { tool: 'look_up', arguments: { word: SECRET } }
const CALLER = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' }

describe('traces of an answer', () => {
  it('tell the request, the run, the model, the tool and the guardrail as one tree, and nothing of what was written', async () => {
    const { ask, tracer, collector, host } = await traced([TOOL, { text: SECRET }])
    await ask({ traceparent: `00-${CALLER.traceId}-${CALLER.spanId}-01`, 'x-request-id': 'order-7' })
    await tracer.close()

    const spans = spansOf(collector)
    const named = (name: string) => spans.find((span) => span.name === name) ?? expect.unreachable(`no span ${name}`)
    const request = named('POST /api/chatkit')
    const run = named('invoke_agent demo')
    const agent = named('invoke_agent Agent')
    const [first, second] = spans.filter(({ name }) => name === 'chat test-model')
    expect(spans.map(({ name }) => name).sort()).toEqual([
      'POST /api/chatkit',
      'chat test-model',
      'chat test-model',
      'execute_tool look_up',
      'guardrail polite',
      'invoke_agent Agent',
      'invoke_agent demo',
    ])
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([CALLER.traceId]))
    expect(request.parentSpanId).toBe(CALLER.spanId)
    expect(run.parentSpanId).toBe(request.spanId)
    expect(agent.parentSpanId).toBe(run.spanId)
    for (const part of [first, second, named('execute_tool look_up'), named('guardrail polite')])
      expect(part?.parentSpanId).toBe(agent.spanId)
    expect([request.kind, run.kind, first?.kind]).toEqual([2, 1, 3])
    for (const { startTimeUnixNano, endTimeUnixNano } of spans)
      expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano))

    expect(attributesOf(request)).toEqual({
      'http.request.method': 'POST',
      'http.route': '/api/chatkit',
      'http.response.status_code': '200',
      'parley.request.id': 'order-7',
    })
    expect(attributesOf(run)).toMatchObject({
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.id': 'demo',
      'gen_ai.conversation.id': expect.stringMatching(/^thr_/),
      'gen_ai.usage.input_tokens': '22',
      'parley.run.status': 'completed',
    })
    expect(attributesOf(first ?? run)).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.system': 'openai',
      'gen_ai.request.model': 'test-model',
      'gen_ai.response.id': expect.any(String),
      'gen_ai.response.time_to_first_chunk': expect.any(Number),
      'gen_ai.usage.input_tokens': '11',
      'gen_ai.usage.output_tokens': '3',
      'server.address': 'models.test',
      'server.port': '8080',
    })
    expect(attributesOf(named('execute_tool look_up'))).toEqual({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'look_up',
      'gen_ai.tool.type': 'function',
      'gen_ai.tool.call.id': 'call_1',
    })
    expect(attributesOf(named('guardrail polite'))).toEqual({
      'parley.guardrail.name': 'polite',
      'parley.guardrail.triggered': false,
    })
    expect(host.requests.map(({ headers }) => headers.traceparent)).toEqual(
      [first, second].map((span) => `00-${CALLER.traceId}-${span?.spanId}-01`),
    )
    expect(collector.headers[0]).toMatchObject({ 'x-api-key': 'of the collector' })
    expect(collector.bodies[0]?.resourceSpans[0]?.resource).toEqual({
      attributes: [{ key: 'service.name', value: { stringValue: 'chat' } }],
    })
    expect(JSON.stringify(collector.bodies)).not.toContain(SECRET)
  })

  it('hold what was written where the operator asks for it', async () => {
    const { ask, tracer, collector } = await traced([TOOL, { text: 'Here you are' }], { keepsContent: true })
    await ask()
    await tracer.close()

    const all = spansOf(collector).map(attributesOf)
    const input = String(all.find((one) => one['gen_ai.input.messages'])?.['gen_ai.input.messages'])
    expect(JSON.parse(input)).toContainEqual({ role: 'user', content: SECRET })
    expect(JSON.stringify(all)).toContain('Here you are')
    expect(all).toContainEqual(
      expect.objectContaining({
        'gen_ai.tool.call.arguments': JSON.stringify({ word: SECRET }),
        'gen_ai.tool.call.result': `found ${SECRET}`,
      }),
    )
  })

  it.each([
    ['a model host that refuses', { status: 401, body: '{}' } as HostAnswer, false, 'chat test-model', '401'],
    ['a guardrail that trips', { text: 'Hello' } as HostAnswer, true, 'invoke_agent demo', expect.any(String)],
  ])('say what failed: %s', async (_, answer, trips, name, failure) => {
    const { ask, tracer, collector } = await traced([answer], { trips })
    await ask()
    await tracer.close()

    const spans = spansOf(collector)
    const failed = spans.find((span) => span.name === name)
    expect(failed?.status).toEqual({ code: 2, message: failure })
    expect(failed && attributesOf(failed)['error.type']).toEqual(failure)
    expect(spans.find((span) => span.name === 'invoke_agent demo')?.status?.code).toBe(2)
    const guardrail = spans.find((span) => span.name === 'guardrail polite')
    expect(guardrail && attributesOf(guardrail)['parley.guardrail.triggered']).toBe(trips)
  })
})

describe('which traces are kept', () => {
  it.each([
    ['none of its own', 0, undefined, 0],
    ['all of its own', 1, undefined, 1],
    ['what the caller keeps', 0, '01', 1],
    ['not what the caller does not keep', 1, '00', 0],
  ])('%s', async (_, share, flags, requests) => {
    const { ask, tracer, collector, host } = await traced([{ text: 'Hello' }], { share })
    await ask(flags === undefined ? {} : { traceparent: `00-${CALLER.traceId}-${CALLER.spanId}-${flags}` })
    await tracer.close()

    expect(spansOf(collector).filter(({ kind }) => kind === 2)).toHaveLength(requests)
    const sent = host.requests[0]?.headers.traceparent ?? ''
    expect(sent).toMatch(
      flags === undefined ? /^00-[\da-f]{32}-[\da-f]{16}-0\d$/ : new RegExp(`^00-${CALLER.traceId}-`),
    )
    expect(sent.endsWith(requests === 1 ? '01' : '00')).toBe(true)
  })

  it.each([
    '',
    'nonsense',
    `00-${'0'.repeat(32)}-${CALLER.spanId}-01`,
    `00-${CALLER.traceId}-${'0'.repeat(16)}-01`,
    `ff-${CALLER.traceId}-${CALLER.spanId}-01`,
    `00-${CALLER.traceId}-${CALLER.spanId}-01-more`,
    `00-${CALLER.traceId.toUpperCase()}-${CALLER.spanId}-01`,
  ])('a trace of its own begins for %j', async (traceparent) => {
    const { parley, tracer, collector } = await traced([{ text: 'Hello' }])
    await parley.fetch('/healthz', undefined, { headers: { traceparent } })
    await tracer.close()

    const [span] = spansOf(collector)
    expect(span?.parentSpanId).toBeUndefined()
    expect(span?.traceId).not.toBe(CALLER.traceId)
    expect(span?.name).toBe('GET /healthz')
  })
})

describe('a collector that is away', () => {
  it('costs no answer; the log says so once, and what waited comes when it is back', async () => {
    const { ask, tracer, collector, clock, warnings } = await traced([{ text: 'Hello' }])
    collector.status = 503
    expect(await ask()).toContain('Hello')
    clock.advance(5_000)
    expect(await ask()).toContain('Hello')
    await tracer.close()
    expect(spansOf(collector)).toEqual([])
    expect(warnings).toEqual(['Traces cannot be handed over.'])

    collector.status = 200
    await tracer.close()

    expect(spansOf(collector).filter(({ kind }) => kind === 2)).toHaveLength(2)
    expect(warnings).toEqual(['Traces cannot be handed over.', 'Traces are handed over again.'])
  })

  it('is not waited for with more than 2,048 spans', async () => {
    const { tracer, collector } = await traced([{ text: 'Hello' }])
    collector.status = 503
    for (let count = 0; count < 3_000; count += 1) tracer.startRequest('GET', {}, null).end()
    await tracer.close()
    collector.status = 200
    await tracer.close()

    expect(spansOf(collector)).toHaveLength(2_048)
  })
})
