import { ParleyError } from '@parley/protocol'
import { sizeInWords } from '../base/size-in-words.js'
import { bodyOf } from './body.js'
import { parseForm } from './parse-form.js'

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
  const form = parseForm(await readAtMost(bodyOf(request), limit, tooLarge(maxBytes)), type)
  if (!form) throw new ParleyError('invalid_request', 'The form could not be read. Send multipart/form-data.')
  return form
}

async function readAtMost(
  body: ReadableStream<Uint8Array>,
  limit: number,
  problem: ParleyError,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = []
  let received = 0
  for await (const piece of body) {
    received += piece.byteLength
    if (received > limit) throw problem
    pieces.push(piece)
  }
  const whole = new Uint8Array(received)
  let place = 0
  for (const piece of pieces) {
    whole.set(piece, place)
    place += piece.byteLength
  }
  return whole
}

const tooLarge = (maxBytes: number) =>
  new ParleyError('payload_too_large', `The file is too large. Files up to ${sizeInWords(maxBytes)} are accepted here.`)
