import { z } from 'zod'
import { type GuardedFetch, GuardedFetchError } from '../../base/guarded-fetch.js'
import { SearchError, type SearchWeb, type WebResult } from './search-web.js'

export type SearchServiceName = 'searxng' | 'brave' | 'tavily'

export interface SearchSettings {
  service: SearchServiceName
  /** Where it is. Absent: the service's own address, which SearXNG does not have. */
  url?: string | undefined
  key?: string | undefined
}

const TIMEOUT_MS = 15_000
const MAX_BYTES = 4 * 1024 * 1024
const LONGEST_TEXT = 1_000

/** One search service: what is asked, and what its answer holds. */
interface SearchService {
  url: string
  request(
    base: string,
    asked: { query: string; limit: number; key: string },
  ): { url: URL; method?: string; headers?: Record<string, string>; body?: string }
  results: z.ZodType<WebResult[]>
  /** What to do when it refuses. */
  refused: string
}

const text = z.string().nullish()

const SERVICES: Record<SearchServiceName, SearchService> = {
  // Source: the SearXNG documentation, "Search API".
  searxng: {
    url: '',
    request: (base, { query }) => ({ url: withQuery(`${base}/search`, { q: query, format: 'json' }) }),
    results: z
      .object({ results: z.array(z.object({ url: z.string(), title: text, content: text })) })
      .transform(({ results }) => results.map(({ url, title, content }) => toResult(url, title, content))),
    refused: 'It gives JSON only where its settings.yml lists it: search: formats: [html, json].',
  },
  // Source: the Brave Search API documentation, "Web search".
  brave: {
    url: 'https://api.search.brave.com/res/v1',
    request: (base, { query, limit, key }) => ({
      url: withQuery(`${base}/web/search`, { q: query, count: String(limit) }),
      headers: { 'x-subscription-token': key, accept: 'application/json' },
    }),
    results: z
      .object({
        web: z.object({ results: z.array(z.object({ url: z.string(), title: text, description: text })) }).nullish(),
      })
      .transform(({ web }) =>
        (web?.results ?? []).map(({ url, title, description }) => toResult(url, title, description)),
      ),
    refused: 'Look at PARLEY_SEARCH_KEY and at what the plan allows.',
  },
  // Source: the Tavily API reference, "Search".
  tavily: {
    url: 'https://api.tavily.com',
    request: (base, { query, limit, key }) => ({
      url: new URL(`${base}/search`),
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, max_results: limit, search_depth: 'basic' }),
    }),
    results: z
      .object({ results: z.array(z.object({ url: z.string(), title: text, content: text })) })
      .transform(({ results }) => results.map(({ url, title, content }) => toResult(url, title, content))),
    refused: 'Look at PARLEY_SEARCH_KEY and at what the plan allows.',
  },
}

/** Searches by the service the settings name. `fetch` has to reach its address, which may be a private one. */
export function searchService({ service: name, url, key = '' }: SearchSettings, fetch: GuardedFetch): SearchWeb {
  const service = SERVICES[name]
  const base = (url ?? service.url).replace(/\/+$/, '')
  return async (query, { limit, signal }) => {
    const { url: address, ...init } = service.request(base, { query, limit, key })
    try {
      const response = await fetch(address, {
        ...init,
        maxBytes: MAX_BYTES,
        timeoutMs: TIMEOUT_MS,
        ...(signal && { signal }),
      })
      if ([401, 402, 403, 429, 432].includes(response.status))
        throw new SearchError(`${address.host} refused the search (${response.status}). ${service.refused}`)
      if (!response.ok) throw new SearchError(`${address.host} answered the search with ${response.status}.`)
      const { data: results } = service.results.safeParse(parseJson(await response.text()))
      if (!results)
        throw new SearchError(`${address.host} answered the search with something else than results of ${name}.`)
      return results.filter(({ url }) => /^https?:\/\//.test(url)).slice(0, limit)
    } catch (thrown) {
      if (thrown instanceof GuardedFetchError) throw new SearchError(thrown.message, { cause: thrown })
      throw thrown
    }
  }
}

function withQuery(address: string, query: Record<string, string>): URL {
  const url = new URL(address)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

/** Services mark the words they found. */
function toResult(url: string, title: string | null | undefined, found: string | null | undefined): WebResult {
  const plain = (found ?? '').replace(/<\/?(?:strong|b|em|mark)>/g, '').trim()
  return { url, title: title?.trim() || url, text: plain.slice(0, LONGEST_TEXT) }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined // not what the service answers, which the schema says next
  }
}
