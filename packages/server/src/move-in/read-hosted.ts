import { ParleyError } from '@parley/protocol'
import type { z } from 'zod'
import { type HostedObject, hostedItemSchema, hostedListSchema, hostedThreadSchema } from './hosted-objects.js'

export interface HostedSource {
  /** Up to and including the version. */
  baseUrl: string
  apiKey: string
  fetch?: typeof fetch
  /** Waits between tries; tests give one that does not. */
  wait?(milliseconds: number): Promise<void>
}

const PER_PAGE = 100
const TRIES = 6
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000
const PATIENCE_MS = 60_000

/**
 * Every thread of the key's project with its items, oldest first, through the hosted thread API. A busy or broken host is
 * asked again after a while.
 *
 * @throws {ParleyError} `remote_failed` with what is wrong and what to do
 */
export async function* readHosted(source: HostedSource): AsyncGenerator<HostedObject, void, undefined> {
  for await (const thread of readList(source, '/chatkit/threads', hostedThreadSchema)) {
    yield thread
    yield* readList(source, `/chatkit/threads/${encodeURIComponent(thread.id)}/items`, hostedItemSchema)
  }
}

async function* readList<Schema extends z.ZodType<{ id: string }>>(
  source: HostedSource,
  path: string,
  schema: Schema,
): AsyncGenerator<z.output<Schema>, void, undefined> {
  for (let after: string | undefined, more = true; more; ) {
    const query = new URLSearchParams({ limit: String(PER_PAGE), order: 'asc', ...(after !== undefined && { after }) })
    const list = hostedListSchema.safeParse(await read(source, `${path}?${query}`))
    if (!list.success) throw failed(source, 'answered with something that is no list of ChatKit. Check the address.')
    for (const row of list.data.data) {
      const entry = schema.safeParse(row)
      if (!entry.success) throw failed(source, `lists something at ${path} that this release of Parley cannot read.`)
      yield entry.data
    }
    after = list.data.last_id ?? undefined
    more = list.data.has_more === true && after !== undefined && list.data.data.length > 0
  }
}

async function read(source: HostedSource, path: string): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryOnce(source, path)
    if ('value' in outcome) return outcome.value
    if (!outcome.retry || attempt === TRIES) throw outcome.error
    await (source.wait ?? wait)(outcome.waitMs ?? Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS))
  }
}

type Outcome = { value: unknown } | { error: ParleyError; retry: boolean; waitMs?: number | undefined }

async function tryOnce(source: HostedSource, path: string): Promise<Outcome> {
  const { baseUrl, apiKey, fetch: send = fetch } = source
  try {
    const response = await send(baseUrl.replace(/\/+$/, '') + path, {
      headers: { authorization: `Bearer ${apiKey}`, 'openai-beta': 'chatkit_beta=v1', accept: 'application/json' },
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    if (response.ok) return { value: await response.json() }
    const text = await response.text()
    return {
      error: failed(source, reasonOf(response.status, text, apiKey)),
      retry: response.status === 429 || response.status === 408 || response.status >= 500,
      waitMs: waitOf(response.headers),
    }
  } catch (cause) {
    return { error: failed(source, 'cannot be reached. Check the address and the network.', cause), retry: true }
  }
}

const REASONS: Record<number, string> = {
  401: 'refuses the API key. Name the variable that holds a key of the project whose threads they are.',
  403: 'does not let this API key read threads. Use one that may.',
  404: 'has no thread API at this address. Check it: it ends with the version, such as https://api.openai.com/v1',
}

function reasonOf(status: number, text: string, apiKey: string): string {
  const words = /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? ''
  const safe = words.replaceAll(apiKey, '[key]').replace(/\bsk-[\w*-]{6,}/g, '[key]')
  return REASONS[status] ?? `answered ${status}${safe && `: ${safe.slice(0, 300)}`}`
}

/** As the host asks for, in milliseconds or seconds. */
function waitOf(headers: Headers): number | undefined {
  const [milliseconds, seconds] = [headers.get('retry-after-ms'), headers.get('retry-after')]
  const asked = milliseconds !== null ? Number(milliseconds) : seconds !== null ? Number(seconds) * 1000 : Number.NaN
  return Number.isFinite(asked) && asked >= 0 ? Math.min(asked, LONGEST_WAIT_MS) : undefined
}

const failed = ({ baseUrl }: HostedSource, what: string, cause?: unknown) =>
  new ParleyError('remote_failed', `${new URL(baseUrl).host} ${what}`, { cause })

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
