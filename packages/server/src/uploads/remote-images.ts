import { type ImageBytes, ParleyError } from '@parley/protocol'
import { toBase64 } from '../base/base64.js'
import { type GuardedFetch, GuardedFetchError } from '../base/guarded-fetch.js'
import type { ReadImage } from '../engine/read-image.js'
import { imageTypeOf } from './image-types.js'

const MAX_BYTES = 5 * 1024 * 1024
const TIMEOUT_MS = 10_000
const MAX_REDIRECTS = 3

/** Pictures of other servers, fetched on behalf of a person whose browser must not ask strangers itself. */
export function remoteImages(fetch: GuardedFetch): ReadImage {
  return async (url, isAllowed) => {
    try {
      const response = await fetch(url, {
        headers: { accept: 'image/avif,image/webp,image/png,image/jpeg,image/gif' },
        allowUrl: isAllowed,
        maxBytes: MAX_BYTES,
        timeoutMs: TIMEOUT_MS,
        maxRedirects: MAX_REDIRECTS,
      })
      if (!response.ok) throw failed(`${url.host} answered ${response.status}.`)
      return toImage(new Uint8Array(await response.arrayBuffer()), url)
    } catch (thrown) {
      throw toParleyError(thrown)
    }
  }
}

/** What the bytes say counts, not what the other server says of them. */
function toImage(bytes: Uint8Array, { host }: URL): ImageBytes {
  const mimeType = imageTypeOf(bytes)
  if (!mimeType) throw failed(`What ${host} sent is no picture of a kind that is shown here.`)
  return { mime_type: mimeType, data_base64: toBase64(bytes) }
}

function toParleyError(thrown: unknown): unknown {
  if (!(thrown instanceof GuardedFetchError)) return thrown
  const isRefusal = thrown.reason === 'forbidden_url' || thrown.reason === 'bad_url'
  return new ParleyError(isRefusal ? 'forbidden' : 'remote_failed', thrown.message, { cause: thrown })
}

const failed = (message: string) => new ParleyError('remote_failed', message)
