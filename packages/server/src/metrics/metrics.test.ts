import { once } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { streamText } from '../chatkit-server/stream-text.js'
import { memoryRateLimiter } from '../http/rate-limits/memory-rate-limiter.js'
import type { RateLimits } from '../http/rate-limits/rules.js'
import { listen } from '../node/listen.js'
import { streamEvents } from '../testing/read-events.js'
import { testParley } from '../testing/test-parley.js'
import { userText } from '../testing/user-text.js'
import { lazyMetrics } from './metrics.js'
import { prometheusMetrics } from './prometheus-metrics.js'
import { type MetricsAccess, metricsRoute } from './routes.js'

const TOKEN = 'a-token-only-the-collector-knows'

function measured(access: MetricsAccess = { open: true }, limits?: RateLimits) {
  const metrics = lazyMetrics(async () => prometheusMetrics(() => 3))
  const parley = testParley({
    async *respond(thread, input, _context, { run, signal }) {
      if (JSON.stringify(input).includes('fail')) throw new Error('a secret of the server')
      if (JSON.stringify(input).includes('wait')) await once(signal, 'abort')
      yield { type: 'run.usage', run_id: run.id, usage: { input_tokens: 5, output_tokens: 7, total_tokens: 12 } }
      yield* streamText(thread, 'Hello')
    },
    observer: metrics,
    ...(limits && { rateLimits: { limiter: memoryRateLimiter(), limits } }),
    more: [metricsRoute(metrics.loaded, access)],
  })
  onTestFinished(() => parley.close())
  const read = (headers?: Record<string, string>) => parley.fetch('/metrics', undefined, { headers })
  const ask = async (text: string) => (await parley.send('threads.create', { input: userText(text) })).text()
  return { parley, metrics, read, ask }
}

describe('A20: GET /metrics', () => {
  it('counts requests, failures, connections and tokens, also those from before its code was there', async () => {
    const { read, ask } = measured()
    await ask('Hi')
    await ask('fail')

    const text = await (await read()).text()

    expect(text).toContain('request_count{method="POST",route="/api/chatkit",status="200"} 2')
    expect(text).toContain('error_count{kind="run"} 1')
    expect(text).toContain('active_connections 3')
    expect(text).toMatch(/avg_response_time 0\.\d+/)
    expect(text).toContain('tokens_used{direction="input"} 5')
    expect(text).toContain('tokens_used{direction="output"} 7')
    expect(text).toContain('parley_runs_total{status="completed"} 1')
    expect(text).toContain('parley_active_runs 0')
  })

  it('counts what failed, was stopped or refused as what it was, and nothing twice', async () => {
    const { parley, read, ask } = measured(undefined, { userPerMinute: 4 })
    await ask('Hi')
    await ask('fail')
    const answer = await parley.send('threads.create', { input: userText('wait') }, { ours: true })
    const { value: started } = await streamEvents(answer).next()
    await parley.send('runs.cancel', { thread_id: started?.type === 'run.started' && started.thread_id })
    await ask('Hi')
    await ask('one too many')
    await parley.fetch('/api/chatkit', '{"type":"nonsense"}')
    await parley.fetch('/api/chatkit', undefined, { as: null, method: 'POST' })

    const text = await (await read()).text()

    expect(text).toContain('parley_runs_total{status="completed"} 2')
    expect(text).toContain('parley_runs_total{status="failed"} 1')
    expect(text).toContain('parley_runs_total{status="cancelled"} 1')
    expect(text).toContain('parley_active_runs 0')
    expect(text).toContain('error_count{kind="run"} 1')
    expect(text).not.toContain('error_count{kind="request"}')
    expect(text).toContain('parley_rate_limited_total{scope="user",window="minute"} 1')
    expect(text).toContain('request_count{method="POST",route="/api/chatkit",status="200"} 5')
    expect(text).toContain('request_count{method="POST",route="/api/chatkit",status="429"} 1')
    expect(text).toContain('request_count{method="POST",route="/api/chatkit",status="400"} 1')
    expect(text).toContain('request_count{method="POST",route="/api/chatkit",status="401"} 1')
    expect(text).toContain('parley_run_duration_seconds_count 4')
    expect(text).toContain('parley_first_text_seconds_count 2')
    expect(text).toContain('tokens_used{direction="input"} 10')
  })

  it('counts answers over a WebSocket like any other', async () => {
    const { parley, read } = measured()
    const server = await listen(parley.handle, { port: 0, host: '127.0.0.1' }, parley.sockets)
    onTestFinished(() => server.close())
    const client = new WebSocket(`${server.url.replace('http', 'ws')}/api/chatkit/ws`, {
      headers: { 'x-test-user': 'alice' },
    })
    await once(client, 'open')
    let seen = ''
    client.on('message', (data) => {
      seen += String(data)
    })
    client.send('{"type":"message","content":"Hi"}')
    client.send('{"type":"message","content":"fail"}')
    await expect.poll(() => seen).toMatch(/"role":"assistant"/)
    await expect.poll(() => seen).toMatch(/"type":"error"/)
    client.close()

    const text = await (await read()).text()
    expect(text).toContain('request_count{method="POST",route="/api/chatkit",status="200"} 2')
    expect(text).toContain('parley_runs_total{status="completed"} 1')
    expect(text).toContain('parley_runs_total{status="failed"} 1')
  })

  it('counts tokens and calls by model, and says how late the event loop is', async () => {
    const { metrics, read } = measured()
    const call = { model: 'gpt-test', host: 'models.test', durationMs: 250, inputTokens: 11, outputTokens: 3 }
    metrics.modelCallEnded({ ...call, status: 'completed' })
    metrics.modelCallEnded({ ...call, status: 'failed', inputTokens: 0, outputTokens: 0 })

    const text = await (await read()).text()

    expect(text).toContain('parley_model_tokens_total{model="gpt-test",direction="input"} 11')
    expect(text).toContain('parley_model_tokens_total{model="gpt-test",direction="output"} 3')
    expect(text).toContain('parley_model_call_duration_seconds_count{model="gpt-test",status="completed"} 1')
    expect(text).toContain('parley_model_call_duration_seconds_count{model="gpt-test",status="failed"} 1')
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds \d/m)
  })

  it('never tells addresses, ids or what was written', async () => {
    const { read, ask, parley } = measured()
    await ask('my secret question')
    await parley.fetch('/somewhere/private-id')

    const text = await (await read()).text()

    expect(text).toContain('route="*",status="404"')
    expect(text).not.toMatch(/secret|private-id|thr_/)
  })

  it.each([
    ['without a token', undefined, 401],
    ['with a wrong token', { authorization: 'Bearer wrong' }, 401],
    ['with the token', { authorization: `Bearer ${TOKEN}` }, 200],
  ])('answers %s with %s %i where a token is set', async (_, headers, status) => {
    const { read } = measured({ open: true, token: TOKEN })

    expect((await read(headers)).status).toBe(status)
  })

  it('is off in production until a token is set, and says how', async () => {
    const { read } = measured({ open: false })

    expect(await (await read()).json()).toMatchObject({
      error: { message: expect.stringContaining('PARLEY_METRICS_TOKEN') },
    })
  })
})
