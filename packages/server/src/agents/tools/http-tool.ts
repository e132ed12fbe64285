import type { FunctionTool } from '@openai/agents-core'
import { type GuardedFetch, GuardedFetchError } from '../../base/guarded-fetch.js'
import { fillHeaders, type ToolSecrets } from '../../base/tool-secrets.js'
import type { AgentContext } from '../agent-context.js'
import { loadAgentsSdk } from '../sdk.js'
import { cutAnswer } from './cut-answer.js'

/** A request that a model may make, with gaps it fills in. */
export interface HttpToolConfig {
  name: string
  description?: string | undefined
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With the names of parameters in braces: `https://api.example.com/orders/{id}`. */
  url: string
  /** Values may name secrets: `Bearer {{ORDERS_KEY}}`. */
  headers?: Record<string, string> | undefined
  /** A JSON schema of an object. What the URL has no gap for goes into the query, or with POST, PUT and PATCH into a JSON body. */
  parameters?: Record<string, unknown> | undefined
}

export interface HttpToolOptions {
  /** `nodeGuardedFetch()` of `@parley/server/node`. */
  fetch: GuardedFetch
  /** What the headers may name. */
  secrets?: ToolSecrets
}

const MAX_BYTES = 1024 * 1024
const TIMEOUT_MS = 30_000
const WITH_BODY = new Set(['POST', 'PUT', 'PATCH'])

/** A tool that is one HTTP request. The model fills in parameters; it never sees the headers. */
export async function httpTool(config: HttpToolConfig, options: HttpToolOptions): Promise<FunctionTool<AgentContext>> {
  const { tool } = await loadAgentsSdk()
  return tool({
    name: config.name,
    description: config.description ?? `Sends a ${config.method} request.`,
    strict: false,
    parameters: { type: 'object', properties: {}, required: [], additionalProperties: true, ...config.parameters },
    execute: (input, _context, details?: { signal?: AbortSignal }) =>
      send(config, options, { input, signal: details?.signal }),
  }) as FunctionTool<AgentContext> // a JSON schema leaves the type of the arguments open
}

async function send(
  config: HttpToolConfig,
  { fetch, secrets }: HttpToolOptions,
  { input, signal }: { input: unknown; signal: AbortSignal | undefined },
): Promise<string> {
  const given = typeof input === 'object' && input !== null ? { ...(input as Record<string, unknown>) } : {} // an object has names
  const filled = fillUrl(config.url, given)
  if ('missing' in filled) return `Give a value for ${filled.missing}.`
  const { url, used } = filled
  const rest = Object.entries(given).filter(([name, value]) => !used.has(name) && value !== undefined && value !== null)
  const hasBody = WITH_BODY.has(config.method)
  if (!hasBody) for (const [name, value] of rest) url.searchParams.append(name, toText(value))
  const headers = await fillHeaders(config.headers ?? {}, { host: url.host, secrets })
  if ('missing' in headers) return `This tool is not set up: ${headers.missing}.`
  try {
    const response = await fetch(url, {
      method: config.method,
      headers: {
        accept: 'application/json, text/*;q=0.9',
        ...(hasBody && { 'content-type': 'application/json' }),
        ...headers.values,
      },
      ...(hasBody && { body: JSON.stringify(Object.fromEntries(rest)) }),
      // A secret is for the place it was meant for: nothing else is followed there.
      ...(headers.secretValues.length > 0 && { allowUrl: ({ origin }: URL) => origin === url.origin }),
      ...(signal && { signal }),
      maxBytes: MAX_BYTES,
      timeoutMs: TIMEOUT_MS,
    })
    return await readAnswer(response, headers.secretValues)
  } catch (thrown) {
    if (thrown instanceof GuardedFetchError) return `The request failed: ${thrown.message}`
    throw thrown
  }
}

/** Values stand in the path and the query, never in the host: a model may not choose where a request goes. */
function fillUrl(
  template: string,
  given: Record<string, unknown>,
): { url: URL; used: Set<string> } | { missing: string } {
  const used = new Set<string>()
  let missing: string | undefined
  const filled = template.replace(GAP, (_, name: string) => {
    const value = given[name]
    used.add(name)
    if (value === undefined || value === null || value === '') missing ??= name
    return encodeURIComponent(toText(value)).replace(/^\.+$/, (dots) => '%2E'.repeat(dots.length))
  })
  return missing === undefined ? { url: new URL(filled), used } : { missing }
}

const GAP = /\{(\w+)\}/g

const toText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** What the model reads; a place that repeats a secret does not get it past here. */
async function readAnswer(response: Response, secretValues: string[]): Promise<string> {
  const type = response.headers.get('content-type') ?? 'text/plain'
  if (!/^(text\/|application\/([\w.+-]*json|[\w.+-]*xml|x-www-form-urlencoded))/i.test(type)) {
    await response.body?.cancel()
    return `Status ${response.status}. The answer is ${type.split(';')[0]}, which cannot be read here.`
  }
  const whole = secretValues.reduce((text, secret) => text.replaceAll(secret, '[secret]'), await response.text())
  const text = cutAnswer(whole)
  return response.ok ? text || `Status ${response.status}, with no content.` : `Status ${response.status}.\n${text}`
}
