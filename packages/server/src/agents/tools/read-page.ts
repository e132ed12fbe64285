import { type GuardedFetch, GuardedFetchError } from '../../base/guarded-fetch.js'
import { htmlToText } from './html-to-text.js'

const MAX_BYTES = 3 * 1024 * 1024
const TIMEOUT_MS = 15_000
const LONGEST_TEXT = 400_000

/** A page as text, or why there is none, in words for the model. */
export async function readPage(
  fetch: GuardedFetch,
  address: string,
  signal?: AbortSignal,
): Promise<{ url: string; title: string; text: string } | { problem: string }> {
  try {
    const response = await fetch(address, {
      headers: { accept: 'text/html, text/plain;q=0.9, application/json;q=0.8, */*;q=0.1' },
      maxBytes: MAX_BYTES,
      timeoutMs: TIMEOUT_MS,
      ...(signal && { signal }),
    })
    const { host } = new URL(response.url || address)
    if (!response.ok) {
      await response.body?.cancel()
      return { problem: `${host} answered ${response.status}. Try another page.` }
    }
    const type = (response.headers.get('content-type') ?? 'text/html').toLowerCase()
    if (!/^(text\/|application\/(json|xml|xhtml|rss|atom|[\w.-]+\+(json|xml)))/.test(type)) {
      await response.body?.cancel()
      return { problem: `What ${host} sent is ${type.split(';')[0]}, which cannot be read here.` }
    }
    const body = decode(await response.arrayBuffer(), type)
    const page = /html/.test(type) ? htmlToText(body) : { title: '', text: body }
    const url = response.url || address
    return { url, title: page.title || url, text: page.text.slice(0, LONGEST_TEXT) || 'The page holds no text.' }
  } catch (thrown) {
    if (thrown instanceof GuardedFetchError) return { problem: `The page cannot be read: ${thrown.message}` }
    throw thrown
  }
}

function decode(bytes: ArrayBuffer, type: string): string {
  const named =
    /charset=["']?([\w-]+)/.exec(type)?.[1] ?? /<meta[^>]{0,200}charset=["']?([\w-]+)/i.exec(start(bytes))?.[1]
  try {
    return new TextDecoder(named ?? 'utf-8').decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes) // an encoding nobody knows
  }
}

const start = (bytes: ArrayBuffer) => new TextDecoder('latin1').decode(bytes.slice(0, 2048))
