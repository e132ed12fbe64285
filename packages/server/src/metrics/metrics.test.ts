import { describe, expect, it, onTestFinished } from 'vitest'
import { streamText } from '../chatkit-server/stream-text.js'
import { testParley } from '../testing/test-parley.js'
import { userText } from '../testing/user-text.js'
import { lazyMetrics } from './metrics.js'
import { prometheusMetrics } from './prometheus-metrics.js'
import { type MetricsAccess, metricsRoute } from './routes.js'

const TOKEN = 'a-token-only-the-collector-knows'

function measured(access: MetricsAccess = { open: true }) {
  const metrics = lazyMetrics(async () => prometheusMetrics(() => 3))
  const parley = testParley({
    async *respond(thread, input, _context, { run }) {
      if (JSON.stringify(input).includes('fail')) throw new Error('a secret of the server')
      yield { type: 'run.usage', run_id: run.id, usage: { input_tokens: 5, output_tokens: 7, total_tokens: 12 } }
      yield* streamText(thread, 'Hello')
    },
    observer: metrics,
    more: [metricsRoute(metrics.loaded, access)],
  })
  onTestFinished(() => parley.close())
  const read = (headers?: Record<string, string>) => parley.fetch('/metrics', undefined, { headers })
  const ask = async (text: string) => (await parley.send('threads.create', { input: userText(text) })).text()
  return { parley, read, ask }
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
