import { type ErrorCode, ParleyError } from '@parley/protocol'
import { HostSilence } from './transport.js'

/** What error messages call a model host. `apiKey` is there to be removed from them. */
export interface HostNames {
  host: string
  model: string
  apiKey?: string
  settings: { key: string; url: string; model: string }
}

/** The host could not be reached at all, or never answered. */
export const unreachableError = ({ host, settings, apiKey }: HostNames, cause: unknown): ParleyError =>
  cause instanceof HostSilence
    ? silentError(host, cause)
    : failed(
        `Could not reach the model at ${host}. Check ${settings.url}.`,
        { retryable: true },
        redact(reason(cause), apiKey),
      )

const silentError = (host: string, { seconds }: HostSilence): ParleyError =>
  failed(
    `The model at ${host} said nothing for ${seconds} s. Try again, or give it more time with PARLEY_MODEL_TIMEOUT_SECONDS.`,
    { retryable: true },
  )

/** The host went away in the middle of its answer. */
export const brokenOffError = ({ host, apiKey }: HostNames, cause?: unknown): ParleyError =>
  cause instanceof HostSilence
    ? silentError(host, cause)
    : failed(
        `The model at ${host} broke off its answer. Try again.`,
        { retryable: true },
        redact(reason(cause), apiKey),
      )

/** The host reported an error inside its stream. */
export const streamError = (names: HostNames, error: unknown): ParleyError =>
  failed(`The model at ${names.host} failed: ${hostMessage(JSON.stringify({ error }), names.apiKey)}`, {
    retryable: true,
  })

/** The host answered with an error status. */
export function answeredError(names: HostNames, status: number, text: string): ParleyError {
  const describe = BY_STATUS[status] ?? (status >= 500 ? hostBroken : refused)
  return new ParleyError(codeOf(status, text), describe(names, text), {
    details: { status, retryable: status === 429 || status >= 500 },
    cause: redact(`${status} ${text.slice(0, 2_000)}`, names.apiKey),
  })
}

/** What programs tell apart: who has to do something about it. */
function codeOf(status: number, text: string): ErrorCode {
  if (status === 401 || status === 403) return 'model_key_refused'
  if (status === 404) return 'model_unknown'
  return status === 402 || outOfCredit(text) ? 'model_out_of_credit' : 'model_failed'
}

/** A 429 that waiting does not cure. */
export const outOfCredit = (text: string): boolean => text.includes('insufficient_quota')

const BY_STATUS: Record<number, (names: HostNames, text: string) => string> = {
  401: wrongKey,
  403: wrongKey,
  402: noCredit,
  404: ({ host, model, settings }) =>
    `The model host ${host} does not know the model "${model}", or its address is wrong. Check ${settings.model} and ${settings.url}.`,
  429: (names, text) =>
    outOfCredit(text)
      ? noCredit(names)
      : `The model host ${names.host} is getting too many requests. Wait a moment and try again.`,
}

function noCredit({ host, settings }: HostNames): string {
  return `The account at the model host ${host} has no credit left. Add credit there, or set another ${settings.key}.`
}

function wrongKey({ host, apiKey, settings }: HostNames): string {
  return apiKey
    ? `The model host ${host} refused the API key. Check ${settings.key}.`
    : `The model host ${host} asks for an API key. Set ${settings.key}.`
}

const hostBroken = ({ host }: HostNames): string =>
  `The model host ${host} has a problem of its own. Try again in a moment.`

const refused = ({ host, apiKey }: HostNames, text: string): string =>
  `The model host ${host} refused the request: ${hostMessage(text, apiKey)}`

/** The host's own words, when they can be found, cut to a readable length and without the key. */
function hostMessage(text: string, apiKey: string | undefined): string {
  const words = /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1]?.replace(/\\(["\\/])/g, '$1') ?? text
  return redact(words.trim().slice(0, 300), apiKey) || 'it gave no reason.'
}

const redact = (text: string, apiKey: string | undefined): string =>
  (apiKey ? text.replaceAll(apiKey, '[key]') : text).replace(/\bsk-[\w*-]{6,}/g, '[key]')

const reason = (cause: unknown): string =>
  cause instanceof Error
    ? [cause.message, cause.cause ? String(cause.cause) : ''].filter(Boolean).join(': ')
    : String(cause)

const failed = (message: string, details: Record<string, unknown>, cause?: string): ParleyError =>
  new ParleyError('model_failed', message, { details, cause })
