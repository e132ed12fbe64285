import type { GuardedFetch } from '../base/guarded-fetch.js'
import { type ModelTransport, toModelResponse } from '../models/transport.js'

/** A long answer of a slow model, and then some. */
const LONGEST_MS = 15 * 60_000
const LARGEST_BYTES = 256 * 1024 * 1024

/** Reaches a model host that somebody else named, and no redirect of it: the key goes to that host alone. */
export const guardedTransport =
  (fetch: GuardedFetch): ModelTransport =>
  async (url, request) =>
    toModelResponse(
      await fetch(url, { ...request, maxRedirects: 0, maxBytes: LARGEST_BYTES, timeoutMs: LONGEST_MS }),
      request.isBinary,
    )
