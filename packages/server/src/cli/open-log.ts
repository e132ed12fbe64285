import { format } from 'node:util'
import { jsonLog } from '../base/json-log.js'
import { atLeast, type Log } from '../base/log.js'
import type { Settings } from '../node/settings.js'

/** The log of the command: in the form and from the level the settings say, and never with one of their secrets in it. */
export function openLog(settings: Settings, write: (line: string) => void): Log {
  const writeSafely = withoutSecrets(secretsOf(settings), write)
  return atLeast(settings.logLevel, settings.log === 'json' ? jsonLog(writeSafely) : textLog(writeSafely))
}

function textLog(write: (line: string) => void): Log {
  const line = (message: string, details?: Record<string, unknown>) =>
    write(`${details ? format(message, details) : message}\n`)
  return { debug: line, info: line, warn: line, error: line }
}

/** Shorter ones are words that stand in a log anyway. */
const SHORTEST = 6

/** Others' errors may quote what they were given: a driver its address, a host the key it refused. */
function withoutSecrets(secrets: string[], write: (line: string) => void): (line: string) => void {
  const forms = secrets
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
  const longestFirst = [...new Set(forms)].sort((one, other) => other.length - one.length)
  return (line) => write(longestFirst.reduce((text, secret) => text.replaceAll(secret, '[secret]'), line))
}

function secretsOf(settings: Settings): string[] {
  const { apiKey, appKey, model, jwt, databaseUrl, redisUrl, s3, metrics, traces, search, toolSecrets } = settings
  return [
    apiKey,
    appKey,
    model.openaiApiKey,
    model.xiaomiApiKey,
    jwt && 'secret' in jwt.keys ? jwt.keys.secret : undefined,
    s3?.secretAccessKey,
    s3?.sessionToken,
    metrics.token,
    search?.key,
    ...toolSecrets.map((secret) => secret.slice(secret.indexOf('=') + 1)),
    ...Object.values(traces?.headers ?? {}),
    ...[databaseUrl, redisUrl, model.openaiBaseUrl, traces?.url].map(passwordIn),
  ].filter((secret) => secret !== undefined)
}

function passwordIn(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined
  const { password } = new URL(url)
  return password === '' ? undefined : decodeURIComponent(password)
}
