import { AwsV4Signer } from 'aws4fetch'
import { randomId } from '../../base/random-id.js'
import { StorageError } from '../storage-error.js'
import { assertFileId, type FileStorage, type StoredFile } from './file-storage.js'
import { S3Failure, s3Failure, s3Refusal } from './s3-failure.js'

/** A bucket that speaks Amazon's S3 protocol: AWS, MinIO, Cloudflare R2, Google Cloud Storage, Backblaze and others. */
export interface S3Options {
  bucket: string
  accessKeyId: string
  secretAccessKey: string
  /** Of temporary credentials. */
  sessionToken?: string
  /** Default `us-east-1`; hosts without regions take any, Cloudflare R2 wants `auto`. */
  region?: string
  /** Address of the host without the bucket, e.g. `http://127.0.0.1:9000`; absent: Amazon's in the region. */
  endpoint?: string
  /** Stands before every name in the bucket, e.g. `parley/`. */
  prefix?: string
  /** Default: the global one. */
  fetch?: typeof fetch
}

/** How long the host may take to begin its answer. Reading and writing go on as long as bytes flow. */
const ANSWER_MS = 30_000

/**
 * Keeps files in an S3 bucket. Bytes stream through, one request each; nothing is held in memory.
 *
 * Every call fails with `unavailable` when the host cannot be reached or refuses; the reason is in the cause.
 *
 * @example
 * const files = s3Files({ bucket: 'chat', endpoint: 'http://127.0.0.1:9000', accessKeyId, secretAccessKey })
 */
export function s3Files(options: S3Options): FileStorage {
  const send = s3Sender(options)
  const files: FileStorage = {
    async prepare() {
      try {
        await tryOut(files)
      } catch (thrown) {
        throw thrown instanceof S3Failure ? new StorageError(thrown.reason, { cause: thrown }) : thrown
      }
    },
    async check() {
      const kept = await files.read('ready_check') // nothing has this id: the answer "missing" is a good one
      await kept?.bytes.cancel()
    },
    async write(id, bytes, sizeBytes) {
      const body = sizeBytes === 0 ? await drained(bytes) : bytes
      const response = await send('PUT', id, { headers: { 'content-length': String(sizeBytes) }, body })
      if (!response.ok) throw await s3Refusal(response, options)
      await response.body?.cancel()
    },
    async read(id, maxBytes) {
      const headers: Record<string, string> = maxBytes === undefined ? {} : { range: `bytes=0-${maxBytes - 1}` }
      const response = await send('GET', id, { headers })
      if (response.ok) return toStored(response)
      if (response.status === 416) return emptyFile(response) // a file of no bytes has no first byte
      const refusal = await s3Refusal(response, options)
      if (refusal.isMissing) return null
      throw refusal
    },
    async delete(id) {
      const response = await send('DELETE', id, {})
      if (response.ok) return void (await response.body?.cancel())
      const refusal = await s3Refusal(response, options)
      if (!refusal.isMissing) throw refusal
    },
  }
  return files
}

/** Writes, reads and deletes a few bytes: a wrong key or a missing right shows at start, not with somebody's file. */
async function tryOut(files: FileStorage): Promise<void> {
  const id = randomId('start_check')
  await files.write(id, new Blob(['parley']).stream(), 6)
  const kept = await files.read(id)
  await kept?.bytes.cancel()
  await files.delete(id)
}

interface Sent {
  headers?: Record<string, string>
  body?: ReadableStream<Uint8Array>
}

/** Signs requests and sends them. The signature leaves the body out, so that it may stream. */
function s3Sender({ bucket, prefix = '', region = 'us-east-1', fetch = globalThis.fetch, ...options }: S3Options) {
  const { accessKeyId, secretAccessKey, sessionToken } = options
  const base = new URL(options.endpoint ?? `https://s3.${region}.amazonaws.com`)
  const folder = base.hostname.startsWith(`${bucket}.`) ? '' : `/${bucket}` // some hosts want the bucket in their name
  const root = `${base.origin}${base.pathname.replace(/\/$/, '')}${folder}/${encodePath(prefix)}`

  return async (method: string, id: string, { headers = {}, body }: Sent): Promise<Response> => {
    assertFileId(id)
    const { 'content-length': length, ...signable } = headers // set on the way by proxies too: never part of a signature
    const signer = new AwsV4Signer({
      method,
      url: root + id,
      headers: signable,
      accessKeyId,
      secretAccessKey,
      service: 's3',
      region,
      ...(sessionToken && { sessionToken }),
    })
    const signed = await signer.sign()
    if (length !== undefined) signed.headers.set('content-length', length)
    const patience = new AbortController()
    // A body may take its time; what is short must be answered soon.
    const timer = body ? undefined : setTimeout(() => patience.abort(new Error('No answer in time.')), ANSWER_MS)
    try {
      const init = { method, headers: signed.headers, signal: patience.signal, ...(body && { body, duplex: 'half' }) }
      return await fetch(signed.url, init as RequestInit) // `duplex` is not in every version of the types
    } catch (cause) {
      throw s3Failure(cause, base)
    } finally {
      clearTimeout(timer)
    }
  }
}

const encodePath = (path: string) => path.split('/').map(encodeURIComponent).join('/')

function toStored(response: Response): StoredFile {
  const whole = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1]
  const size = Number(whole ?? response.headers.get('content-length') ?? 0)
  return { size, bytes: response.body ?? new Blob([]).stream() }
}

async function emptyFile(response: Response): Promise<StoredFile> {
  await response.body?.cancel()
  return { size: 0, bytes: new Blob([]).stream() }
}

/** Nothing may come, and only its end says that nothing did. */
async function drained(bytes: ReadableStream<Uint8Array>): Promise<undefined> {
  await new Response(bytes).arrayBuffer()
}
