import { describe, expect, it, onTestFinished } from 'vitest'
import { agentApp } from '../agents/agent-runnable.js'
import { loadAgentsSdk } from '../agents/sdk.js'
import { LOG_LEVELS } from '../base/log.js'
import { requestLog } from '../base/request-log.js'
import { resolveModels } from '../models/model-settings.js'
import { scriptedHost } from '../models/scripted-host.js'
import { readSettings } from '../node/settings.js'
import { sqliteStore } from '../storage/sqlite/index.js'
import { testParley } from '../testing/test-parley.js'
import { userText } from '../testing/user-text.js'
import { otlpExporter } from '../tracing/otlp-exporter.js'
import { createTracer } from '../tracing/tracer.js'
import { openLog } from './open-log.js'

const SECRETS = {
  OPENAI_API_KEY: 'sk-openai-4f1c2d',
  XIAOMI_API_KEY: 'xm-4f1c2d90',
  PARLEY_API_KEY: 'server-key-0123456789',
  PARLEY_APP_KEY: 'app-key-01234567890123',
  PARLEY_JWT_SECRET: 'a "quoted" secret of JWTs',
  PARLEY_METRICS_TOKEN: 'token-of-the-metrics',
  PARLEY_S3_SECRET_ACCESS_KEY: 'bucket/secret+key==',
  PARLEY_S3_SESSION_TOKEN: 'bucket-session-token',
  PARLEY_SEARCH_KEY: 'key-of-the-search',
}
const PASSWORDS = ['pass word@db', 'redis-pass', 'collector-key', 'orders-abc123']
const ENV = {
  ...SECRETS,
  DATABASE_URL: `postgres://parley:${encodeURIComponent('pass word@db')}@127.0.0.1/parley`,
  REDIS_URL: 'redis://:redis-pass@127.0.0.1',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
  OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=collector-key',
  PARLEY_SEARCH: 'brave',
  PARLEY_TOOL_SECRETS: 'ORDERS_KEY@api.example.com=orders-abc123',
  PARLEY_S3_BUCKET: 'chat-files',
  PARLEY_S3_ACCESS_KEY_ID: 'id',
}
const FORMS = [...Object.values(SECRETS), ...PASSWORDS].flatMap((secret) => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
])

function opened(env: Record<string, string>) {
  const lines: string[] = []
  const settings = readSettings(env)
  return { log: openLog(settings, (line) => lines.push(line)), settings, lines }
}

/** An error as others make them: it quotes all it was given, in every way. */
const telltale = () =>
  new Error(`refused: ${Object.values(ENV).join(' ')}`, {
    cause: { config: ENV, nested: new TypeError(FORMS.join(' ')) },
  })

describe.each(['json', 'text'])('secrets in the log (PARLEY_LOG=%s)', (form) => {
  it('are left out wherever they stand', () => {
    const { log, lines } = opened({ ...ENV, PARLEY_LOG: form, PARLEY_LOG_LEVEL: 'debug' })
    for (const level of LOG_LEVELS) log[level](`Said ${FORMS.join(' ')}`, { cause: telltale(), ...ENV })

    expect(lines).toHaveLength(LOG_LEVELS.length)
    for (const secret of FORMS) expect(lines.join()).not.toContain(secret)
    expect(lines.join()).toContain('[secret]')
  })

  it('stay out on every path on which something fails', async () => {
    const { log, lines } = opened({ ...ENV, PARLEY_LOG: form, PARLEY_LOG_LEVEL: 'debug' })
    const store = sqliteStore(':memory:')
    const failing = { ...store, check: () => Promise.reject(telltale()) }
    const tracer = createTracer({
      exporter: otlpExporter({
        url: ENV.OTEL_EXPORTER_OTLP_ENDPOINT,
        resource: {},
        log,
        fetch: () => Promise.reject(telltale()),
      }),
      share: 1,
      keepsContent: false,
    })
    const host = scriptedHost({ status: 401, body: `{"error":{"message":"no such key ${FORMS.join(' ')}"}}` })
    const models = resolveModels(
      { openaiBaseUrl: 'http://models.test/v1', openaiApiKey: SECRETS.OPENAI_API_KEY, name: 'x' },
      { transport: host.transport, log, observer: requestLog(log) },
    )
    const { Agent } = await loadAgentsSdk()
    const parley = testParley({
      apps: {
        model: agentApp({ agent: new Agent({ name: 'Agent' }), models }),
        broken: {
          // biome-ignore lint/correctness/useYield: it fails before it says anything
          async *run() {
            throw telltale()
          },
        },
      },
      store: failing,
      tracer,
      observer: requestLog(log),
      log,
      more: [
        {
          method: 'GET',
          path: '/broken',
          handle() {
            throw telltale()
          },
        },
      ],
    })
    onTestFinished(() => parley.close())
    const start = JSON.stringify({ type: 'threads.create', params: { input: userText('Hi') } })

    const answers = await Promise.all([
      parley.fetch('/api/chatkit/model', start),
      parley.fetch('/api/chatkit/broken', start),
      parley.fetch('/broken'),
      parley.fetch('/readyz'),
      parley.fetch('/v1/chatkit/threads', undefined, {
        headers: { authorization: `Bearer ${SECRETS.PARLEY_API_KEY}x` },
      }),
    ])
    const told = await Promise.all(answers.map((answer) => answer.text()))
    await tracer.close()

    await expect.poll(() => lines.join('')).toMatch(/status.{1,4}failed/)
    const all = lines.join('')
    for (const words of ['A run failed', 'A request failed', 'Traces cannot be handed over', 'model call'])
      expect(all).toContain(words)
    for (const secret of FORMS) expect(all).not.toContain(secret)
    expect(told.join()).not.toContain(SECRETS.OPENAI_API_KEY)
  })
})

describe('PARLEY_LOG_LEVEL', () => {
  it.each([
    [undefined, ['info', 'warn', 'error']],
    ['debug', ['debug', 'info', 'warn', 'error']],
    ['warn', ['warn', 'error']],
    ['error', ['error']],
  ])('%s writes %j', (level, written) => {
    const { log, lines } = opened({ PARLEY_LOG: 'json', ...(level !== undefined && { PARLEY_LOG_LEVEL: level }) })
    for (const one of LOG_LEVELS) log[one]('said')

    expect(lines.map((line) => JSON.parse(line).level)).toEqual(written)
  })
})
