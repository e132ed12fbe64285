import { ParleyError } from '@parley/protocol'
import { type GuardedFetch, GuardedFetchError } from '../base/guarded-fetch.js'

const TIMEOUT_MS = 30_000

/**
 * A file of another server, at an address somebody named.
 *
 * @throws {ParleyError} `invalid_request`: what it says names the host and the cure
 */
export async function remoteFile(fetch: GuardedFetch, address: string, maxBytes: number): Promise<File> {
  try {
    const response = await fetch(address, { maxBytes, timeoutMs: TIMEOUT_MS })
    if (!response.ok) throw refused(`${new URL(address).host} answered ${response.status}.`)
    const type = response.headers.get('content-type') ?? ''
    return new File([new Uint8Array(await response.arrayBuffer())], nameOf(response, address), { type })
  } catch (thrown) {
    throw thrown instanceof GuardedFetchError ? refused(thrown.message, thrown) : thrown
  }
}

/** What its sender calls it, else the end of its address. Both are cleaned where they are kept. */
function nameOf({ headers }: Response, address: string): string {
  const told = /filename="?([^";]+)"?/i.exec(headers.get('content-disposition') ?? '')?.[1]
  const last = new URL(address).pathname.split('/').at(-1) ?? ''
  return told ?? decoded(last)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // not an encoded name, and a name all the same
  }
}

const refused = (message: string, cause?: unknown) =>
  new ParleyError('invalid_request', `Invalid file url: ${message}`, { cause })
