import { ParleyError } from '@parley/protocol'
import { sizeInWords } from '../base/size-in-words.js'
import { bodyOf } from './body.js'

/** What a form may weigh beside its file: boundaries, headers, and its other fields. */
const OVERHEAD = 64 * 1024

/**
 * Reads a form with a file of at most `maxBytes`. It is held in memory, never more than the limit.
 *
 * @throws {ParleyError} `unsupported_media_type` when it is no form, `payload_too_large` above the limit,
 * `invalid_request` when it cannot be read
 */
export async function readForm(request: Request, maxBytes: number): Promise<FormData> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data;/i.test(type))
    throw new ParleyError('unsupported_media_type', 'Send the file as multipart/form-data, in the field "file".')
  const limit = maxBytes + OVERHEAD
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(maxBytes)
  const body = bodyOf(request).pipeThrough(atMost(limit, tooLarge(maxBytes)))
  return new Response(body, { headers: { 'content-type': type } }).formData().catch((cause: unknown) => {
    if (cause instanceof ParleyError) throw cause
    if (cause instanceof Error && cause.cause instanceof ParleyError) throw cause.cause
    throw new ParleyError('invalid_request', 'The form could not be read. Send multipart/form-data.', { cause })
  })
}

function atMost(limit: number, problem: ParleyError) {
  let received = 0
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      received += chunk.byteLength
      if (received > limit) throw problem
      controller.enqueue(chunk)
    },
  })
}

const tooLarge = (maxBytes: number) =>
  new ParleyError('payload_too_large', `The file is too large. Files up to ${sizeInWords(maxBytes)} are accepted here.`)
