import { z } from 'zod'
import { parseRange } from '../base/address-rules.js'
import { LOG_LEVELS } from '../base/log.js'
import { readKey } from './encryption-key.js'
import { keptTraceVariables } from './kept-trace-settings.js'
import { readKeyLimits, readPlan } from './rate-settings.js'
import { s3Variables } from './s3-settings.js'
import { apiKey, hostKey, isHostName, isOrigin, text, toList } from './setting-values.js'
import { traceVariables } from './trace-settings.js'

const MEDIA_TYPE = /^[a-z0-9][a-z0-9.+-]*\/[a-z0-9][a-z0-9.+-]*$/

/** Every environment variable, what it may be, and what is said when it is not. */
export const settingVariables = z.object({
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
    'PARLEY_RATE_PLAN must be sandbox, professional, team, enterprise, unlimited, or two numbers such as 200/minute,20000/day.',
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
  PARLEY_BLOCKING_SECONDS: z.coerce
    .number('PARLEY_BLOCKING_SECONDS must be a number of seconds, for example 60.')
    .min(1, 'PARLEY_BLOCKING_SECONDS must be 1 or more.')
    .max(3600, 'PARLEY_BLOCKING_SECONDS must be 3600 (an hour) or less.')
    .default(60),
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
  PARLEY_MCP_SERVERS: text,
  PARLEY_TOOL_SECRETS: text.refine(
    (secrets) => toList(secrets).every((secret) => /^\w+@(\*\.)?[\w.:[\]-]+=.+$/.test(secret)),
    'PARLEY_TOOL_SECRETS must be NAME@host=value, separated by commas, for example ORDERS_KEY@api.example.com=abc123.',
  ),
  ...traceVariables,
  ...keptTraceVariables,
  PARLEY_MODEL: text,
  PARLEY_TRANSCRIPTION_MODEL: text,
  PARLEY_SPEECH_MODEL: text,
  PARLEY_IMAGE_MODEL: text,
  PARLEY_MODEL_TIMEOUT_SECONDS: z.coerce
    .number('PARLEY_MODEL_TIMEOUT_SECONDS must be a number of seconds, for example 300.')
    .min(1, 'PARLEY_MODEL_TIMEOUT_SECONDS must be 1 or more.')
    .max(86_400, 'PARLEY_MODEL_TIMEOUT_SECONDS must be 86400 (a day) or less.')
    .default(300),
  PARLEY_EMBEDDING_MODEL: text,
  PARLEY_RERANK_MODEL: text,
  OPENAI_API_KEY: hostKey('OPENAI_API_KEY'),
  OPENAI_BASE_URL: text.refine(
    (url) => !url || (URL.canParse(url) && /^https?:/.test(url)),
    'OPENAI_BASE_URL must be a full address, for example http://127.0.0.1:11434/v1',
  ),
  XIAOMI_API_KEY: hostKey('XIAOMI_API_KEY'),
})

/** What was given, checked one by one. */
export type SettingValues = z.infer<typeof settingVariables>

/** The names of all settings. */
export const SETTING_NAMES: readonly string[] = Object.keys(settingVariables.shape)

/** What settings are when nobody says otherwise, as far as they do not depend on each other. */
export const defaultValues = (): Record<string, unknown> => settingVariables.parse({})
