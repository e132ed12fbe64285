import { z } from 'zod'
import { parseRange } from '../base/address-rules.js'
import { LOG_LEVELS, type LogLevel } from '../base/log.js'
import type { ConfigFile } from './config-file.js'
import { readKey } from './encryption-key.js'
import { type RateSettings, readKeyLimits, readPlan, userLimit } from './rate-settings.js'
import { readS3Settings, type S3Settings, s3Variables } from './s3-settings.js'
import { describeProblem, mergeGiven, type Variables } from './setting-problems.js'
import { SettingsError } from './settings-error.js'
import { readTraceSettings, type TraceSettings, traceVariables } from './trace-settings.js'

export { SettingsError }

/**
 * Every setting of the server, read once at start. This is the only file that knows environment variables.
 * Flags (`--port 9000`) win over variables, variables over the config file.
 */
export interface Settings {
  port: number
  host: string
  /** Directory of the embedded database and of uploaded files. */
  dataDir: string
  /** PostgreSQL connection string. Absent: the embedded SQLite database in `dataDir`. */
  databaseUrl?: string
  databasePoolSize: number
  /** `development`: one user, no login; unless told otherwise, on this machine and without any login set up. `production`: every request needs a JWT. */
  environment: 'development' | 'production'
  /** How the JWTs of end users are checked. Absent: people need the client secret of a session. */
  jwt?: { keys: { secret: string } | { jwksUrl: string }; issuer?: string; audience?: string }
  /** An API key of the first workspace, for its servers. */
  apiKey?: string
  /** An API key that reaches the default app only. */
  appKey?: string
  /** The most seconds a client secret is good for. */
  maxSessionSeconds: number
  /** Other names of apps: name → app. */
  appAliases: Record<string, string>
  /** Origins whose pages may call the server and embed the chat, besides its own; `*` is any. */
  allowedOrigins: string[]
  /** Private hosts, addresses and ranges that requests on somebody else's behalf may reach. */
  privateHosts: string[]
  defaultApp: string
  /** Folder whose files are apps. Absent: `./apps`, if there are any in it. */
  apps?: string
  /** Models the files of that folder name → models to ask instead. */
  modelMap: Record<string, string>
  /** The largest file people may attach. */
  maxUploadBytes: number
  /** How long an attached file waits to be sent. */
  keepUnsentFilesMs: number
  /** Absent: those of the hosted API. */
  hostedFileTypes?: string[] | 'any'
  /** Days a thread is kept that nobody touches. Absent: for ever. */
  retentionDays?: number
  /** The bucket attached files are kept in. Absent: `dataDir`. */
  s3?: S3Settings
  /** What stored keys are encrypted with: the newest first. Empty: a key in `dataDir`. */
  encryptionKeys: Uint8Array[]
  /** How many requests callers may send; empty when there is no limit. */
  rateLimits: RateSettings
  /** Redis, which lets several processes share their limits. */
  redisUrl?: string
  /** How long running answers may take to end when the server is told to stop. */
  shutdownMs: number
  /** `json`: one object a line, requests included; `text`: sentences, only when something is wrong. */
  log: 'text' | 'json'
  /** What is less than this is not written. */
  logLevel: LogLevel
  /** Where traces go. Absent: there are none. */
  traces?: TraceSettings
  /** Who may read `/metrics`: everybody in development mode, else who knows the token. */
  metrics: { open: boolean; token?: string }
  /** How far the code of models may go, and more packages for their Python. */
  code: { seconds: number; memoryMb: number; pythonPackages?: string }
  /** Where agents search the web. Absent: nowhere, unless their model brings a search of its own. */
  search?: { service: 'searxng' | 'brave' | 'tavily'; url?: string; key?: string }
  /** What tools send and models never see: `NAME@host=value` each. */
  toolSecrets: string[]
  /** How long a model host may say nothing. */
  modelSilenceMs: number
  model: {
    openaiApiKey?: string
    openaiBaseUrl?: string
    xiaomiApiKey?: string
    name?: string
    transcription?: string
    image?: string
    embedding?: string
  }
}

const text = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value))
  .optional()

const toList = (value: string | undefined): string[] => (value ?? '').split(/[\s,]+/).filter(Boolean)

const MEDIA_TYPE = /^[a-z0-9][a-z0-9.+-]*\/[a-z0-9][a-z0-9.+-]*$/

function hostedTypesOf(types: string[]): string[] | 'any' | undefined {
  if (types.includes('*')) return 'any'
  return types.length > 0 ? types : undefined
}

const toPairs = (pairs: string[]): Record<string, string> => Object.fromEntries(pairs.map((pair) => pair.split('=')))

const apiKey = (name: string) =>
  text.refine(
    (key) => !key || (key.length >= 20 && !/\s/.test(key)),
    `${name} must be 20 characters or more, without spaces. Make one with: openssl rand -hex 32`,
  )

/** Keys travel in a header. */
const hostKey = (name: string) =>
  text.refine(
    (key) => !key || /^[\x21-\x7e]+$/.test(key),
    `${name} must be a key without spaces, as the model host shows it. Copy it again.`,
  )

const schema = z.object({
  PARLEY_CONFIG: text,
  PORT: z.coerce
    .number('PORT must be a number from 0 to 65535, for example 8787.')
    .int('PORT must be a whole number from 0 to 65535.')
    .min(0, 'PORT must be 0 or more; 0 picks a free port.')
    .max(65_535, 'PORT must be 65535 or less.')
    .default(8787),
  HOST: text,
  PARLEY_DATA: text,
  DATABASE_URL: text.refine(
    (url) => !url || /^postgres(ql)?:\/\//.test(url),
    'DATABASE_URL must start with postgres:// or postgresql://. Leave it out to use the embedded database.',
  ),
  DATABASE_POOL_SIZE: z.coerce
    .number('DATABASE_POOL_SIZE must be a number from 1 to 200.')
    .int('DATABASE_POOL_SIZE must be a whole number.')
    .min(1, 'DATABASE_POOL_SIZE must be 1 or more.')
    .max(200, 'DATABASE_POOL_SIZE must be 200 or less.')
    .default(10),
  ENVIRONMENT: text.refine(
    (value) => !value || value === 'development' || value === 'production',
    'ENVIRONMENT must be "development" (one user, no login) or "production" (a JWT is required).',
  ),
  PARLEY_JWT_SECRET: text.refine(
    (secret) => !secret || secret.length >= 16,
    'PARLEY_JWT_SECRET is too short to be safe. Make one with: openssl rand -base64 48',
  ),
  PARLEY_JWKS_URL: text.refine(
    (url) => !url || (URL.canParse(url) && /^https?:/.test(url)),
    'PARLEY_JWKS_URL must be a full address, for example https://login.example.com/.well-known/jwks.json',
  ),
  BETTER_AUTH_URL: text.refine(
    (url) => !url || (URL.canParse(url) && /^https?:/.test(url)),
    'BETTER_AUTH_URL must be the full address of the app with Better Auth, for example https://app.example.com',
  ),
  BETTER_AUTH_SECRET: text.refine(
    (secret) => !secret || secret.length >= 16,
    'BETTER_AUTH_SECRET is too short to be safe. Make one with: openssl rand -base64 48',
  ),
  PARLEY_JWT_ISSUER: text,
  PARLEY_JWT_AUDIENCE: text,
  PARLEY_API_KEY: apiKey('PARLEY_API_KEY'),
  PARLEY_APP_KEY: apiKey('PARLEY_APP_KEY'),
  PARLEY_MAX_SESSION_SECONDS: z.coerce
    .number('PARLEY_MAX_SESSION_SECONDS must be a number of seconds, for example 600.')
    .int('PARLEY_MAX_SESSION_SECONDS must be a whole number of seconds.')
    .min(1, 'PARLEY_MAX_SESSION_SECONDS must be 1 or more.')
    .max(30 * 24 * 3600, 'PARLEY_MAX_SESSION_SECONDS must be 2592000 (30 days) or less.')
    .default(600),
  PARLEY_APP_ALIASES: text
    .transform(toList)
    .refine(
      (pairs) => pairs.every((pair) => /^[^=]+=[^=]+$/.test(pair)),
      'PARLEY_APP_ALIASES must be pairs of name and app, for example wf_68e6=demo,support=demo',
    ),
  PARLEY_ALLOWED_ORIGINS: text.refine(
    (origins) => toList(origins).every((origin) => origin === '*' || isOrigin(origin)),
    'PARLEY_ALLOWED_ORIGINS must be origins such as https://shop.example.com, separated by commas, or *.',
  ),
  PARLEY_PRIVATE_HOSTS: text.refine(
    (hosts) => toList(hosts).every((host) => isHostName(host) || parseRange(host)),
    'PARLEY_PRIVATE_HOSTS must be host names, *.names, addresses or ranges such as 10.0.0.0/8, separated by commas.',
  ),
  PARLEY_DEFAULT_APP: text,
  PARLEY_APPS: text,
  PARLEY_MODEL_MAP: text
    .transform(toList)
    .refine(
      (pairs) => pairs.every((pair) => /^[^=]+=[^=]+$/.test(pair)),
      'PARLEY_MODEL_MAP must be pairs of the name a file gives and the model to ask, for example gpt-4.5-preview=gpt-4.1,*=qwen3',
    ),
  PARLEY_MAX_UPLOAD_BYTES: z.coerce
    .number('PARLEY_MAX_UPLOAD_BYTES must be a number of bytes, for example 20971520.')
    .int('PARLEY_MAX_UPLOAD_BYTES must be a whole number of bytes.')
    .min(1, 'PARLEY_MAX_UPLOAD_BYTES must be 1 or more.')
    .default(20 * 1024 * 1024),
  PARLEY_KEEP_UNSENT_HOURS: z.coerce
    .number('PARLEY_KEEP_UNSENT_HOURS must be a number of hours, for example 24.')
    .min(1, 'PARLEY_KEEP_UNSENT_HOURS must be 1 or more: people need time to write their message.')
    .max(8760, 'PARLEY_KEEP_UNSENT_HOURS must be 8760 (a year) or less.')
    .default(24),
  PARLEY_HOSTED_FILE_TYPES: text
    .transform(toList)
    .refine(
      (types) => types.every((type) => type === '*' || MEDIA_TYPE.test(type)),
      'PARLEY_HOSTED_FILE_TYPES must be media types such as application/pdf,text/plain, separated by commas, or *.',
    ),
  PARLEY_RETENTION_DAYS: z.coerce
    .number('PARLEY_RETENTION_DAYS must be a number of days, for example 90. Leave it out to keep threads for ever.')
    .int('PARLEY_RETENTION_DAYS must be a whole number of days.')
    .min(1, 'PARLEY_RETENTION_DAYS must be 1 or more. Leave it out to keep threads for ever.')
    .max(36_500, 'PARLEY_RETENTION_DAYS must be 36500 (a hundred years) or less.')
    .optional(),
  PARLEY_ENCRYPTION_KEY: text
    .transform(toList)
    .refine(
      (keys) => keys.every((key) => readKey(key) !== undefined),
      'PARLEY_ENCRYPTION_KEY must be 32 bytes in hexadecimal or Base64, or several separated by commas, the newest first. Make one with: openssl rand -hex 32',
    ),
  ...s3Variables,
  RATE_LIMIT_REQUESTS: z.coerce
    .number('RATE_LIMIT_REQUESTS must be a number of messages a minute for each person; 0 means no limit.')
    .int('RATE_LIMIT_REQUESTS must be a whole number.')
    .min(0, 'RATE_LIMIT_REQUESTS must be 0 (no limit) or more.')
    .optional(),
  RATE_LIMIT_REQUESTS_PER_DAY: z.coerce
    .number('RATE_LIMIT_REQUESTS_PER_DAY must be a number of messages a day for each person; 0 means no limit.')
    .int('RATE_LIMIT_REQUESTS_PER_DAY must be a whole number.')
    .min(0, 'RATE_LIMIT_REQUESTS_PER_DAY must be 0 (no limit) or more.')
    .default(0),
  PARLEY_KEY_LIMITS: text.refine(
    (limits) => !limits || readKeyLimits(limits) !== undefined,
    'PARLEY_KEY_LIMITS must be two numbers such as 200/minute,20000/day: what each API key may ask.',
  ),
  PARLEY_RATE_PLAN: text.refine(
    (plan) => !plan || readPlan(plan) !== undefined,
    'PARLEY_RATE_PLAN must be sandbox, professional, team, unlimited, or two numbers such as 200/minute,20000/day.',
  ),
  REDIS_URL: text.refine(
    (url) => !url || /^rediss?:\/\/./.test(url),
    'REDIS_URL must start with redis:// or rediss://, for example redis://127.0.0.1:6379.',
  ),
  PARLEY_SHUTDOWN_SECONDS: z.coerce
    .number('PARLEY_SHUTDOWN_SECONDS must be a number of seconds, for example 8.')
    .min(0, 'PARLEY_SHUTDOWN_SECONDS must be 0 (answers end at once) or more.')
    .max(3600, 'PARLEY_SHUTDOWN_SECONDS must be 3600 (an hour) or less.')
    .default(8),
  PARLEY_LOG: text.refine(
    (value) => !value || value === 'text' || value === 'json',
    'PARLEY_LOG must be "text" or "json" (one object a line, with a line for every request).',
  ),
  PARLEY_LOG_LEVEL: text.refine(
    (value) => !value || LOG_LEVELS.some((level) => level === value),
    'PARLEY_LOG_LEVEL must be "debug", "info", "warn" or "error".',
  ),
  PARLEY_METRICS_TOKEN: text.refine(
    (token) => !token || token.length >= 16,
    'PARLEY_METRICS_TOKEN is too short to be safe. Make one with: openssl rand -hex 24',
  ),
  PARLEY_CODE_SECONDS: z.coerce
    .number('PARLEY_CODE_SECONDS must be a number of seconds, for example 30.')
    .min(1, 'PARLEY_CODE_SECONDS must be 1 or more.')
    .max(600, 'PARLEY_CODE_SECONDS must be 600 (10 minutes) or less.')
    .default(30),
  PARLEY_CODE_MEMORY_MB: z.coerce
    .number('PARLEY_CODE_MEMORY_MB must be a number of megabytes, for example 512.')
    .int('PARLEY_CODE_MEMORY_MB must be a whole number of megabytes.')
    .min(256, 'PARLEY_CODE_MEMORY_MB must be 256 or more: Python itself needs most of that.')
    .max(4096, 'PARLEY_CODE_MEMORY_MB must be 4096 (4 GB) or less.')
    .default(512),
  PARLEY_PYTHON_PACKAGES: text,
  PARLEY_SEARCH: text.refine(
    (name) => !name || ['searxng', 'brave', 'tavily'].includes(name),
    'PARLEY_SEARCH must be searxng, brave or tavily.',
  ),
  PARLEY_SEARCH_URL: text.refine(
    (url) => !url || (URL.canParse(url) && /^https?:/.test(url)),
    'PARLEY_SEARCH_URL must be the full address of a search service, for example http://127.0.0.1:8080',
  ),
  PARLEY_SEARCH_KEY: hostKey('PARLEY_SEARCH_KEY'),
  PARLEY_TOOL_SECRETS: text.refine(
    (secrets) => toList(secrets).every((secret) => /^\w+@(\*\.)?[\w.:[\]-]+=.+$/.test(secret)),
    'PARLEY_TOOL_SECRETS must be NAME@host=value, separated by commas, for example ORDERS_KEY@api.example.com=abc123.',
  ),
  ...traceVariables,
  PARLEY_MODEL: text,
  PARLEY_TRANSCRIPTION_MODEL: text,
  PARLEY_IMAGE_MODEL: text,
  PARLEY_MODEL_TIMEOUT_SECONDS: z.coerce
    .number('PARLEY_MODEL_TIMEOUT_SECONDS must be a number of seconds, for example 300.')
    .min(1, 'PARLEY_MODEL_TIMEOUT_SECONDS must be 1 or more.')
    .max(86_400, 'PARLEY_MODEL_TIMEOUT_SECONDS must be 86400 (a day) or less.')
    .default(300),
  PARLEY_EMBEDDING_MODEL: text,
  OPENAI_API_KEY: hostKey('OPENAI_API_KEY'),
  OPENAI_BASE_URL: text.refine(
    (url) => !url || (URL.canParse(url) && /^https?:/.test(url)),
    'OPENAI_BASE_URL must be a full address, for example http://127.0.0.1:11434/v1',
  ),
  XIAOMI_API_KEY: hostKey('XIAOMI_API_KEY'),
})

/** The names of all settings. */
export const SETTING_NAMES: readonly string[] = Object.keys(schema.shape)

/** What settings are when nobody says otherwise, as far as they do not depend on each other. */
export const defaultValues = (): Record<string, unknown> => schema.parse({})

/**
 * Reads and checks all settings.
 *
 * @param env Environment variables, usually `process.env`.
 * @param flags Values of command line flags by variable name; they win.
 * @param file What a config file says; everything else wins.
 * @throws {SettingsError} with one sentence per setting that cannot be used.
 */
export function readSettings(env: Variables, flags: Variables = {}, file?: ConfigFile): Settings {
  const given = { env, flags, file }
  const { values: merged, problems } = mergeGiven(given, SETTING_NAMES)
  const parsed = schema.safeParse(merged)
  for (const { path, message } of parsed.error?.issues ?? [])
    problems.push(describeProblem(String(path[0]), message, given))
  if (!parsed.success || problems.length > 0) throw new SettingsError(problems)
  const values = parsed.data
  const s3 = readS3Settings(values)
  if (s3 && 'problems' in s3) throw new SettingsError(s3.problems)
  const host = values.HOST ?? '127.0.0.1'
  const jwt = jwtOf(values)
  // Somebody who set a login up means it, also behind a proxy on the same machine.
  const byItself = isLoopback(host) && !jwt ? 'development' : 'production'
  const environment = (values.ENVIRONMENT as 'development' | 'production' | undefined) ?? byItself
  const checked = values.PARLEY_JWT_ISSUER ? 'PARLEY_JWT_ISSUER' : values.PARLEY_JWT_AUDIENCE && 'PARLEY_JWT_AUDIENCE'
  if (checked && !jwt)
    throw new SettingsError([
      `${checked} is for tokens, and none can be checked: set PARLEY_JWT_SECRET or PARLEY_JWKS_URL too.`,
    ])
  if (environment === 'production' && !jwt && !values.PARLEY_API_KEY)
    throw new SettingsError([
      values.ENVIRONMENT
        ? `ENVIRONMENT=production needs ${LOGINS}.`
        : `HOST=${host} is reachable from other machines, so the server starts in production mode, which needs ${LOGINS}. ` +
          'Set one, or set ENVIRONMENT=development if everybody who can reach this address may read every chat.',
    ])
  return {
    port: values.PORT,
    host,
    dataDir: values.PARLEY_DATA ?? '.parley',
    databaseUrl: values.DATABASE_URL,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    environment,
    jwt,
    apiKey: values.PARLEY_API_KEY,
    appKey: values.PARLEY_APP_KEY,
    maxSessionSeconds: values.PARLEY_MAX_SESSION_SECONDS,
    appAliases: toPairs(values.PARLEY_APP_ALIASES),
    allowedOrigins: toList(values.PARLEY_ALLOWED_ORIGINS),
    privateHosts: toList(values.PARLEY_PRIVATE_HOSTS),
    defaultApp: values.PARLEY_DEFAULT_APP ?? 'demo',
    apps: values.PARLEY_APPS,
    modelMap: toPairs(values.PARLEY_MODEL_MAP),
    maxUploadBytes: values.PARLEY_MAX_UPLOAD_BYTES,
    keepUnsentFilesMs: values.PARLEY_KEEP_UNSENT_HOURS * 60 * 60 * 1000,
    hostedFileTypes: hostedTypesOf(values.PARLEY_HOSTED_FILE_TYPES),
    retentionDays: values.PARLEY_RETENTION_DAYS,
    s3,
    encryptionKeys: values.PARLEY_ENCRYPTION_KEY.map(readKey).filter((key) => key !== undefined),
    rateLimits: {
      userPerMinute: userLimit(values.RATE_LIMIT_REQUESTS, environment === 'production'),
      userPerDay: values.RATE_LIMIT_REQUESTS_PER_DAY || undefined,
      ...(values.PARLEY_KEY_LIMITS && readKeyLimits(values.PARLEY_KEY_LIMITS)),
      ...(values.PARLEY_RATE_PLAN && readPlan(values.PARLEY_RATE_PLAN)),
    },
    redisUrl: values.REDIS_URL,
    shutdownMs: values.PARLEY_SHUTDOWN_SECONDS * 1000,
    log: values.PARLEY_LOG === 'json' || (!values.PARLEY_LOG && environment === 'production') ? 'json' : 'text',
    logLevel: LOG_LEVELS.find((level) => level === values.PARLEY_LOG_LEVEL) ?? 'info',
    traces: readTraceSettings(values),
    metrics: { open: environment === 'development', token: values.PARLEY_METRICS_TOKEN },
    code: {
      seconds: values.PARLEY_CODE_SECONDS,
      memoryMb: values.PARLEY_CODE_MEMORY_MB,
      ...(values.PARLEY_PYTHON_PACKAGES && { pythonPackages: values.PARLEY_PYTHON_PACKAGES }),
    },
    ...searchOf(values),
    toolSecrets: toList(values.PARLEY_TOOL_SECRETS),
    modelSilenceMs: values.PARLEY_MODEL_TIMEOUT_SECONDS * 1000,
    model: {
      openaiApiKey: values.OPENAI_API_KEY,
      openaiBaseUrl: values.OPENAI_BASE_URL,
      xiaomiApiKey: values.XIAOMI_API_KEY,
      name: values.PARLEY_MODEL,
      transcription: values.PARLEY_TRANSCRIPTION_MODEL,
      image: values.PARLEY_IMAGE_MODEL,
      embedding: values.PARLEY_EMBEDDING_MODEL,
    },
  }
}

/** Apps have schemes of their own, e.g. `capacitor://localhost`. */
const isOrigin = (text: string): boolean => /^[a-z][a-z\d+.-]*:\/\/[^/?#;,'"\s]+$/i.test(text)

const isHostName = (text: string): boolean => /^(\*\.)?[a-z\d_-]+(\.[a-z\d_-]+)*$/i.test(text)
const LOGINS =
  'PARLEY_JWT_SECRET (the HS256 secret that signs your users’ JWTs), PARLEY_JWKS_URL (your identity provider’s keys), BETTER_AUTH_URL (your app with Better Auth) or PARLEY_API_KEY (your server creates sessions)'

function jwtOf(values: z.infer<typeof schema>): Settings['jwt'] {
  const { PARLEY_JWT_SECRET: secret, PARLEY_JWKS_URL: jwksUrl } = values
  if (secret && jwksUrl)
    throw new SettingsError(['PARLEY_JWT_SECRET and PARLEY_JWKS_URL exclude each other. Keep one of them.'])
  const keys = (secret && { secret }) || (jwksUrl && { jwksUrl }) || betterAuthKeys(values)
  return keys ? { keys, issuer: values.PARLEY_JWT_ISSUER, audience: values.PARLEY_JWT_AUDIENCE } : undefined
}

/** An address alone is a SearXNG's, which needs no key; the others have addresses of their own. */
function searchOf(values: z.infer<typeof schema>): Pick<Settings, 'search'> {
  const { PARLEY_SEARCH: name, PARLEY_SEARCH_URL: url, PARLEY_SEARCH_KEY: key } = values
  if (!name && !url) {
    if (key)
      throw new SettingsError([
        'PARLEY_SEARCH_KEY is a key, but for which service? Set PARLEY_SEARCH to brave or tavily.',
      ])
    return {}
  }
  const service = (name ?? 'searxng') as NonNullable<Settings['search']>['service'] // as the schema says
  if (service === 'searxng' && !url)
    throw new SettingsError(['PARLEY_SEARCH=searxng needs PARLEY_SEARCH_URL, for example http://127.0.0.1:8080.'])
  if (service !== 'searxng' && !key) throw new SettingsError([`PARLEY_SEARCH=${service} needs PARLEY_SEARCH_KEY.`])
  return { search: { service, ...(url && { url }), ...(key && { key }) } }
}

/** Better Auth publishes its keys below its address; a secret alone can only be one that tokens are signed with. */
function betterAuthKeys({ BETTER_AUTH_URL: url, BETTER_AUTH_SECRET: secret }: z.infer<typeof schema>) {
  if (!url) return secret ? { secret } : undefined
  const base = new URL(url)
  const path = base.pathname.replace(/\/$/, '') || '/api/auth'
  return { jwksUrl: `${base.origin}${path}/jwks` }
}

/** Whether only this machine can reach the address. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '::1' ||
  host === '[::1]' ||
  /^127(\.\d{1,3}){3}$/.test(host)
