import { describe, expect, it } from 'vitest'
import { readSettings, SettingsError } from './settings.js'

const SECRET = 'a-secret-of-more-than-thirty-two-characters'

describe('settings', () => {
  it('starts with no settings at all: loopback, port 8787, development, embedded database', () => {
    expect(readSettings({})).toMatchObject({
      port: 8787,
      host: '127.0.0.1',
      dataDir: '.parley',
      environment: 'development',
      databaseUrl: undefined,
      defaultApp: 'demo',
    })
  })

  it('lets a flag win over a variable', () => {
    expect(readSettings({ PORT: '9000' }, { PORT: '9001', HOST: undefined }).port).toBe(9001)
  })

  it('treats an empty variable as absent', () => {
    expect(readSettings({ DATABASE_URL: '', ENVIRONMENT: ' ' }).databaseUrl).toBeUndefined()
    expect(readSettings({ PORT: '' }).port).toBe(8787)
  })

  it('A14: limits each person to ten messages a minute in production, and nobody in development', () => {
    const production = { ENVIRONMENT: 'production', PARLEY_JWT_SECRET: SECRET }

    expect(readSettings({}).rateLimits).toEqual({})
    expect(readSettings(production).rateLimits).toEqual({ userPerMinute: 10 })
    expect(readSettings({ ...production, RATE_LIMIT_REQUESTS: '' }).rateLimits).toEqual({ userPerMinute: 10 })
    expect(readSettings({ ...production, RATE_LIMIT_REQUESTS: '0' }).rateLimits).toEqual({})
    expect(readSettings({ RATE_LIMIT_REQUESTS: '5', PARLEY_RATE_PLAN: '200/minute,3000/day' }).rateLimits).toEqual({
      userPerMinute: 5,
      workspacePerMinute: 200,
      workspacePerDay: 3_000,
    })
  })

  it('is in production mode wherever people can sign in, unless told otherwise', () => {
    const key = 'a-key-that-is-long-enough'
    expect(readSettings({}).environment).toBe('development')
    expect(readSettings({ PARLEY_JWT_SECRET: SECRET }).environment).toBe('production')
    expect(readSettings({ PARLEY_API_KEY: key }).environment).toBe('development')
    expect(readSettings({ PARLEY_API_KEY: key, ENVIRONMENT: 'development' }).environment).toBe('development')
  })

  it('is in production mode on an address others can reach, and then asks for the JWT secret', () => {
    expect(() => readSettings({ HOST: '0.0.0.0' })).toThrow(/PARLEY_JWT_SECRET/)
    expect(readSettings({ HOST: '0.0.0.0', PARLEY_JWT_SECRET: SECRET }).environment).toBe('production')
    expect(readSettings({ HOST: '0.0.0.0', ENVIRONMENT: 'development' }).environment).toBe('development')
  })

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['DATABASE_POOL_SIZE', '0'],
    ['ENVIRONMENT', 'staging'],
    ['PARLEY_JWT_SECRET', 'short'],
    ['PARLEY_JWKS_URL', 'login.example.com'],
    ['BETTER_AUTH_URL', 'app.example.com'],
    ['BETTER_AUTH_SECRET', 'short'],
    ['PARLEY_API_KEY', 'short'],
    ['PARLEY_APP_KEY', 'with a space in the middle'],
    ['PARLEY_APP_ALIASES', 'wf_1'],
    ['PARLEY_MAX_SESSION_SECONDS', '0'],
    ['OPENAI_BASE_URL', 'localhost:11434'],
    ['PARLEY_KEEP_UNSENT_HOURS', '0'],
    ['PARLEY_S3_BUCKET', 'https://bucket.example.com'],
    ['PARLEY_S3_ENDPOINT', '127.0.0.1:9000'],
    ['PARLEY_S3_PREFIX', '../secrets'],
    ['PARLEY_ALLOWED_ORIGINS', 'https://shop.test/path'],
    ['PARLEY_ALLOWED_ORIGINS', "https://shop.test;script-src 'unsafe-inline'"],
    ['PARLEY_PRIVATE_HOSTS', '10.0.0.0/99'],
    ['PARLEY_PRIVATE_HOSTS', 'http://intranet/'],
    ['RATE_LIMIT_REQUESTS', 'ten'],
    ['RATE_LIMIT_REQUESTS', '-1'],
    ['PARLEY_RATE_PLAN', 'platinum'],
    ['REDIS_URL', 'localhost:6379'],
  ])('refuses %s=%s in a sentence that names it', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(new RegExp(name))
  })

  it.each([
    [{ BETTER_AUTH_URL: 'https://app.test' }, { jwksUrl: 'https://app.test/api/auth/jwks' }],
    [
      { BETTER_AUTH_URL: 'https://app.test/login/', BETTER_AUTH_SECRET: SECRET },
      { jwksUrl: 'https://app.test/login/jwks' },
    ],
    [{ BETTER_AUTH_SECRET: SECRET }, { secret: SECRET }],
    [
      { BETTER_AUTH_URL: 'https://app.test', PARLEY_JWKS_URL: 'https://id.test/keys' },
      { jwksUrl: 'https://id.test/keys' },
    ],
  ])('A18: checks tokens of Better Auth with its variables %o, unless ours say otherwise', (variables, keys) => {
    expect(readSettings({ ENVIRONMENT: 'production', ...variables }).jwt?.keys).toEqual(keys)
  })

  it('takes a bucket with its keys, and half of one not at all', () => {
    const keys = { PARLEY_S3_ACCESS_KEY_ID: 'id', PARLEY_S3_SECRET_ACCESS_KEY: 'secret' }

    expect(readSettings({ PARLEY_S3_BUCKET: 'chat-files', ...keys }).s3).toMatchObject({
      bucket: 'chat-files',
      accessKeyId: 'id',
      secretAccessKey: 'secret',
    })
    expect(() => readSettings(keys)).toThrow(/PARLEY_S3_BUCKET/)
    expect(() => readSettings({ PARLEY_S3_BUCKET: 'chat-files' })).toThrow(/PARLEY_S3_SECRET_ACCESS_KEY/)
  })

  it('reads lists', () => {
    const { allowedOrigins, privateHosts } = readSettings({
      PARLEY_ALLOWED_ORIGINS: 'https://shop.test, capacitor://localhost',
      PARLEY_PRIVATE_HOSTS: 'search.internal,*.lan 10.0.0.0/8 ::1',
    })

    expect(allowedOrigins).toEqual(['https://shop.test', 'capacitor://localhost'])
    expect(privateHosts).toEqual(['search.internal', '*.lan', '10.0.0.0/8', '::1'])
  })

  it('names every wrong setting at once', () => {
    try {
      readSettings({ PORT: 'x', ENVIRONMENT: 'y' })
      expect.unreachable()
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(SettingsError)
      expect((thrown as SettingsError).problems).toHaveLength(2) // narrowed by the line above
    }
  })
})
