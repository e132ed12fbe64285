import { LOG_LEVELS, type LogLevel } from '../base/log.js'
import type { PriceTable } from '../models/prices.js'
import type { ConfigFile } from './config-file.js'
import { readKey } from './encryption-key.js'
import { type KeptTraceSettings, pricesOf, readKeptTraceSettings } from './kept-trace-settings.js'
import { type JwtSettings, jwtOf, LOGINS } from './login-settings.js'
import { type RateSettings, readKeyLimits, readPlan, userLimit } from './rate-settings.js'
import { readS3Settings, type S3Settings } from './s3-settings.js'
import { type SearchSettings, searchOf } from './search-settings.js'
import { describeProblem, mergeGiven, type Variables } from './setting-problems.js'
import { toList, toPairs } from './setting-values.js'
import { SETTING_NAMES, settingVariables } from './setting-variables.js'
import { SettingsError } from './settings-error.js'
import { readTraceSettings, type TraceSettings } from './trace-settings.js'

export { SettingsError }

/**
 * Every setting of the server, read once at start. `setting-variables.ts` knows their names.
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
  jwt?: JwtSettings
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
  /** How long a caller of the ClickAI API may wait for a whole answer. */
  blockingMs: number
  /** `json`: one object a line, requests included; `text`: sentences, only when something is wrong. */
  log: 'text' | 'json'
  /** What is less than this is not written. */
  logLevel: LogLevel
  /** Where traces go. Absent: there are none. */
  traces?: TraceSettings
  /** What is kept of runs for the people of their workspace. */
  keptTraces: KeptTraceSettings
  /** What models cost, where the built-in prices do not say so or are old. */
  prices: PriceTable
  /** Who may read `/metrics`: everybody in development mode, else who knows the token. */
  metrics: { open: boolean; token?: string }
  /** How far the code of models may go, and more packages for their Python. */
  code: { seconds: number; memoryMb: number; pythonPackages?: string }
  /** Where agents search the web. Absent: nowhere, unless their model brings a search of its own. */
  search?: SearchSettings
  /** What tools send and models never see: `NAME@host=value` each. */
  toolSecrets: string[]
  /** A file with MCP servers that all workspaces may use. */
  mcpServersFile: string | undefined
  /** How long a model host may say nothing. */
  modelSilenceMs: number
  model: {
    openaiApiKey?: string
    openaiBaseUrl?: string
    xiaomiApiKey?: string
    name?: string
    transcription?: string
    speech?: string
    image?: string
    embedding?: string
    rerank?: string
  }
}

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
  const parsed = settingVariables.safeParse(merged)
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
    blockingMs: values.PARLEY_BLOCKING_SECONDS * 1000,
    log: values.PARLEY_LOG === 'json' || (!values.PARLEY_LOG && environment === 'production') ? 'json' : 'text',
    logLevel: LOG_LEVELS.find((level) => level === values.PARLEY_LOG_LEVEL) ?? 'info',
    traces: readTraceSettings(values),
    keptTraces: readKeptTraceSettings(values, environment),
    prices: pricesOf(values.PARLEY_PRICES),
    metrics: { open: environment === 'development', token: values.PARLEY_METRICS_TOKEN },
    code: {
      seconds: values.PARLEY_CODE_SECONDS,
      memoryMb: values.PARLEY_CODE_MEMORY_MB,
      ...(values.PARLEY_PYTHON_PACKAGES && { pythonPackages: values.PARLEY_PYTHON_PACKAGES }),
    },
    ...searchOf(values),
    toolSecrets: toList(values.PARLEY_TOOL_SECRETS),
    mcpServersFile: values.PARLEY_MCP_SERVERS,
    modelSilenceMs: values.PARLEY_MODEL_TIMEOUT_SECONDS * 1000,
    model: {
      openaiApiKey: values.OPENAI_API_KEY,
      openaiBaseUrl: values.OPENAI_BASE_URL,
      xiaomiApiKey: values.XIAOMI_API_KEY,
      name: values.PARLEY_MODEL,
      transcription: values.PARLEY_TRANSCRIPTION_MODEL,
      speech: values.PARLEY_SPEECH_MODEL,
      image: values.PARLEY_IMAGE_MODEL,
      embedding: values.PARLEY_EMBEDDING_MODEL,
      rerank: values.PARLEY_RERANK_MODEL,
    },
  }
}

function hostedTypesOf(types: string[]): string[] | 'any' | undefined {
  if (types.includes('*')) return 'any'
  return types.length > 0 ? types : undefined
}

/** Whether only this machine can reach the address. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '::1' ||
  host === '[::1]' ||
  /^127(\.\d{1,3}){3}$/.test(host)
