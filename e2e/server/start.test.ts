import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SETTING_NAMES } from '../../packages/server/src/node/setting-variables.js'
import { COMMAND, startParley } from '../support/parley-process.js'

/** A start that has to fail: what is set, the flags, and the setting and the cure its message has to name. */
interface BadStart {
  setting: string
  env?: Record<string, string>
  args?: string[]
  cure: RegExp
}

/** Each variable of the table, wrong. */
const WRONG: Record<string, { value: string; cure: RegExp; beside?: Record<string, string> }> = {
  PARLEY_CONFIG: { value: '/nowhere/parley.json', cure: /does not exist.*--config/ },
  PARLEY_TRACE_DAYS: { value: '-1', cure: /0 \(keep no traces\) or more/ },
  PARLEY_TRACE_CONTENT: { value: 'yes', cure: /"on".*"off"/ },
  PARLEY_PRICES: { value: 'gpt=cheap', cure: /for example my-model=/ },
  PORT: { value: 'eighty', cure: /number from 0 to 65535/ },
  HOST: { value: '203.0.113.7', beside: { ENVIRONMENT: 'development' }, cure: /not an address of this machine/ },
  PARLEY_DATA: { value: '/dev/null/parley', cure: /Choose another with PARLEY_DATA or --data/ },
  DATABASE_URL: { value: 'mysql://127.0.0.1/x', cure: /must start with postgres:\/\// },
  DATABASE_POOL_SIZE: { value: '0', cure: /1 or more/ },
  ENVIRONMENT: { value: 'staging', cure: /"development".*"production"/ },
  PARLEY_JWT_SECRET: { value: 'short', cure: /openssl rand/ },
  PARLEY_JWKS_URL: { value: 'login.example.com', cure: /for example https:/ },
  BETTER_AUTH_URL: { value: 'app.example.com', cure: /for example https:/ },
  BETTER_AUTH_SECRET: { value: 'short', cure: /openssl rand/ },
  PARLEY_JWT_ISSUER: { value: 'https://login.example.com', cure: /set PARLEY_JWT_SECRET or PARLEY_JWKS_URL/ },
  PARLEY_JWT_AUDIENCE: { value: 'parley', cure: /set PARLEY_JWT_SECRET or PARLEY_JWKS_URL/ },
  PARLEY_API_KEY: { value: 'short', cure: /openssl rand/ },
  PARLEY_APP_KEY: { value: 'short', cure: /openssl rand/ },
  PARLEY_MAX_SESSION_SECONDS: { value: '0', cure: /1 or more/ },
  PARLEY_APP_ALIASES: { value: 'help=nobody', cure: /come with the server: demo/ },
  PARLEY_ALLOWED_ORIGINS: { value: 'shop.test', cure: /such as https:\/\// },
  PARLEY_PRIVATE_HOSTS: { value: 'http://intranet/', cure: /ranges such as 10\.0\.0\.0\/8/ },
  PARLEY_DEFAULT_APP: { value: 'nobody', cure: /come with the server: demo/ },
  PARLEY_APPS: { value: '/nowhere/apps', cure: /does not exist.*leave it out to use \.\/apps/ },
  PARLEY_MODEL_MAP: { value: 'gpt-4', cure: /for example gpt-4\.5-preview=gpt-4\.1/ },
  PARLEY_MAX_UPLOAD_BYTES: { value: '20 MB', cure: /number of bytes, for example/ },
  PARLEY_KEEP_UNSENT_HOURS: { value: '0', cure: /1 or more/ },
  PARLEY_HOSTED_FILE_TYPES: { value: 'pdf', cure: /such as application\/pdf/ },
  PARLEY_ENCRYPTION_KEY: { value: 'secret', cure: /openssl rand -hex 32/ },
  PARLEY_RETENTION_DAYS: { value: '0', cure: /Leave it out to keep threads for ever/ },
  PARLEY_S3_BUCKET: { value: 'chat-files', cure: /needs PARLEY_S3_ACCESS_KEY_ID and PARLEY_S3_SECRET_ACCESS_KEY/ },
  PARLEY_S3_ENDPOINT: { value: '127.0.0.1:9000', cure: /for example http:/ },
  PARLEY_S3_REGION: { value: 'eu', cure: /PARLEY_S3_BUCKET is not/ },
  PARLEY_S3_ACCESS_KEY_ID: { value: 'id', cure: /PARLEY_S3_BUCKET is not/ },
  PARLEY_S3_SECRET_ACCESS_KEY: { value: 'secret', cure: /PARLEY_S3_BUCKET is not/ },
  PARLEY_S3_SESSION_TOKEN: { value: 'token', cure: /PARLEY_S3_BUCKET is not/ },
  PARLEY_S3_PREFIX: { value: '../secrets', cure: /for example parley\// },
  RATE_LIMIT_REQUESTS: { value: 'ten', cure: /0 means no limit/ },
  RATE_LIMIT_REQUESTS_PER_DAY: { value: 'many', cure: /0 means no limit/ },
  PARLEY_KEY_LIMITS: { value: '200', cure: /such as 200\/minute,20000\/day/ },
  PARLEY_RATE_PLAN: { value: 'platinum', cure: /sandbox, professional, team/ },
  REDIS_URL: { value: 'localhost:6379', cure: /for example redis:/ },
  PARLEY_BLOCKING_SECONDS: { value: '0', cure: /must be 1 or more/ },
  PARLEY_SHUTDOWN_SECONDS: { value: 'soon', cure: /number of seconds, for example/ },
  PARLEY_LOG: { value: 'xml', cure: /"text" or "json"/ },
  PARLEY_LOG_LEVEL: { value: 'loud', cure: /"debug", "info", "warn" or "error"/ },
  PARLEY_METRICS_TOKEN: { value: 'short', cure: /openssl rand/ },
  PARLEY_SEARCH: { value: 'altavista', cure: /searxng, brave or tavily/ },
  PARLEY_SEARCH_URL: { value: 'localhost:8080', cure: /for example http:/ },
  PARLEY_SEARCH_KEY: { value: 'k', cure: /Set PARLEY_SEARCH to brave or tavily/ },
  PARLEY_TOOL_SECRETS: { value: 'ORDERS_KEY=abc', cure: /NAME@host=value/ },
  PARLEY_MCP_SERVERS: { value: '/nowhere/servers.json', cure: /no file .*"mcpServers"/ },
  PARLEY_CODE_SECONDS: { value: '0', cure: /1 or more/ },
  PARLEY_CODE_MEMORY_MB: { value: '64', cure: /256 or more/ },
  PARLEY_PYTHON_PACKAGES: { value: '/nowhere/wheels', cure: /is no folder/ },
  PARLEY_TRACES: { value: 'sometimes', cure: /"on", "off" or the part/ },
  OTEL_EXPORTER_OTLP_ENDPOINT: { value: 'collector:4318', cure: /for example http:/ },
  OTEL_EXPORTER_OTLP_HEADERS: { value: 'hidden', cure: /pairs of name and value/ },
  OTEL_SERVICE_NAME: { value: 'chat\nserver', cure: /remove it/ },
  OTEL_RESOURCE_ATTRIBUTES: { value: 'production', cure: /pairs of name and value/ },
  OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: { value: 'maybe', cure: /"true".*"false"/ },
  PARLEY_MODEL: { value: 'qwen3\nllama', cure: /remove it/ },
  PARLEY_SPEECH_MODEL: { value: 'tts\t1', cure: /remove it/ },
  PARLEY_TRANSCRIPTION_MODEL: { value: 'whisper\t1', cure: /remove it/ },
  PARLEY_IMAGE_MODEL: { value: 'gpt\timage', cure: /remove it/ },
  PARLEY_MODEL_TIMEOUT_SECONDS: { value: '0', cure: /1 or more/ },
  PARLEY_EMBEDDING_MODEL: { value: 'embed\t1', cure: /remove it/ },
  PARLEY_RERANK_MODEL: { value: 'rerank\t1', cure: /remove it/ },
  OPENAI_API_KEY: { value: 'sk-1 sk-2', cure: /Copy it again/ },
  OPENAI_BASE_URL: { value: 'localhost:11434', cure: /for example http:/ },
  XIAOMI_API_KEY: { value: 'Bearer xm-1', cure: /Copy it again/ },
}

const GUIDE = `import { defineApp, streamText, textOf } from '@parley/server'
export default defineApp({
  aliases: ['wf_own'],
  respond: (thread, message) => streamText(thread, 'I read: ' + (message ? textOf(message).toUpperCase() : '')),
})
`

const folder = mkdtempSync(join(tmpdir(), 'parley-start-'))
const config = join(folder, 'wrong.json')

/** What has to be said together, and other ways to be wrong. */
const MORE: Record<string, BadStart> = {
  'production mode without any login': {
    setting: 'ENVIRONMENT',
    env: { ENVIRONMENT: 'production' },
    cure: /needs PARLEY_JWT_SECRET.*PARLEY_JWKS_URL.*PARLEY_API_KEY/s,
  },
  'an address others can reach, without any login': {
    setting: 'HOST',
    env: { HOST: '0.0.0.0' },
    cure: /Set one, or set ENVIRONMENT=development/,
  },
  'a secret and the address of keys': {
    setting: 'PARLEY_JWKS_URL',
    env: { PARLEY_JWT_SECRET: 'x'.repeat(32), PARLEY_JWKS_URL: 'https://login.example.com/keys' },
    cure: /Keep one of them/,
  },
  'a database where nobody listens': {
    setting: 'DATABASE_URL',
    env: { DATABASE_URL: 'postgres://parley:hidden@127.0.0.1:1/parley' },
    cure: /Start PostgreSQL, or correct DATABASE_URL/,
  },
  'a bucket where nobody listens': {
    setting: 'PARLEY_S3_ENDPOINT',
    env: {
      PARLEY_S3_BUCKET: 'chat-files',
      PARLEY_S3_ENDPOINT: 'http://127.0.0.1:1',
      PARLEY_S3_ACCESS_KEY_ID: 'hidden-id',
      PARLEY_S3_SECRET_ACCESS_KEY: 'hidden-secret',
    },
    cure: /127\.0\.0\.1:1/,
  },
  'a flag that is wrong': { setting: 'PORT', args: ['--port', 'eighty'], cure: /It is "eighty" on the command line/ },
  'a file with a wrong setting': {
    setting: 'RATE_LIMIT_REQUESTS',
    args: ['--config', config],
    cure: /It is "many" in .*wrong\.json/,
  },
}

const starts: [string, BadStart][] = [
  ...Object.entries(WRONG).map(([setting, { value, beside, cure }]): [string, BadStart] => [
    setting,
    { setting, env: { ...beside, [setting]: value }, cure },
  ]),
  ...Object.entries(MORE),
]

interface Outcome {
  code: number | null
  output: string
}

function startOnce({ env = {}, args = [] }: BadStart): Promise<Outcome> {
  const fresh = { PATH: process.env.PATH, PORT: '0', PARLEY_DATA: join(folder, String(Math.random())) }
  const child = spawn(process.execPath, [COMMAND, ...args], { env: { ...fresh, ...env }, cwd: folder })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('Parley is ready')) child.kill() // it should not have started: the test will say so
    })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })))
}

const AT_ONCE = 4
/** Each start begins when the fourth before it is over, whatever the tests look at meanwhile. */
const outcomes = new Map<string, Promise<Outcome>>()

beforeAll(() => {
  writeFileSync(config, JSON.stringify({ RATE_LIMIT_REQUESTS: 'many' }))
  for (const [name, start] of starts) {
    const before = [...outcomes.values()].at(-AT_ONCE) ?? Promise.resolve()
    outcomes.set(
      name,
      before.then(() => startOnce(start)),
    )
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('A18, A22: a start with a setting that cannot be used', () => {
  it('is tried for every setting there is', () => {
    expect(Object.keys(WRONG).sort()).toEqual([...SETTING_NAMES].sort())
  })

  it.each(starts)('%s: names it and the cure, and ends with 1', async (name, { setting, cure }) => {
    const { code, output } = await (outcomes.get(name) ?? expect.unreachable('it was not started'))

    expect(code).toBe(1)
    expect(output).toMatch(cure)
    expect(output).toContain(setting)
    expect(output).not.toMatch(/^\s+at .*:\d+/m) // no stack trace
    expect(output).not.toContain('hidden')
    expect(output.trim().split('\n').length).toBeLessThanOrEqual(3)
  })
})

describe('A18: what does not stop the start', () => {
  it('is a variable nobody knows: the log names the one that was meant', async () => {
    const server = await startParley({ PARLEY_DATA: join(folder, 'unknown'), PARLEY_RATEPLAN: 'team' })
    await server.stop()

    expect(server.output()).toContain('PARLEY_RATEPLAN is not a setting of Parley: did you mean PARLEY_RATE_PLAN?')
  })

  it('is a broken file in the apps folder: the start says where the mistake is, and serves the others', async () => {
    const apps = join(folder, 'apps')
    mkdirSync(apps)
    writeFileSync(join(apps, 'broken.ts'), 'export const respond = 1\n\nconst oops: = 3')
    writeFileSync(join(apps, 'guide.ts'), GUIDE)
    const env = { PARLEY_DATA: join(folder, 'with-apps'), PARLEY_APPS: apps, PARLEY_DEFAULT_APP: 'guide' }
    const server = await startParley({ ...env, PARLEY_APP_ALIASES: 'wf_1=guide' })
    const body = JSON.stringify({ type: 'message', content: 'Hello' })
    const answers = await Promise.all(
      ['', '/guide', '/wf_1', '/wf_own'].map(async (app) =>
        (await fetch(`${server.url}/api/chatkit${app}`, { method: 'POST', body })).text(),
      ),
    )
    await server.stop()

    expect(server.output()).toMatch(/broken\.ts:3:\d+/)
    expect(server.output()).toContain('apps    broken (cannot be read), guide in ')
    for (const answer of answers) expect(answer).toContain('I read: HELLO')
  })

  it('is a config file: the start says which one it read', async () => {
    const file = join(folder, 'right.json')
    writeFileSync(file, JSON.stringify({ PARLEY_LOG: 'json', PARLEY_DATA: join(folder, 'configured') }))
    const server = await startParley({}, ['--config', file])
    await fetch(`${server.url}/healthz`)
    await server.stop()

    expect(server.output()).toContain(file)
    expect(server.output()).toContain('"message":"request"')
  })
})
