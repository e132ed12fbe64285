import { ParleyError } from '@parley/protocol'
import { sizeInWords } from '../base/size-in-words.js'
import { looksLike, SIGNATURE_BYTES } from './image-types.js'

/**
 * Passes bytes on as they come, and fails as soon as there are more than declared, or a picture turns out to be
 * something else; at the end also when there are fewer. One chunk is held back until the next one or the end has been
 * looked at: whatever fails, the receiver has never got the whole file.
 */
export function checkedBytes({ size, mime_type }: { size: number; mime_type: string }) {
  let received = 0
  let start = new Uint8Array()
  let held: Uint8Array | undefined
  const assertType = () => {
    if (!looksLike(mime_type, start))
      throw new ParleyError('unsupported_media_type', `The file says it is ${mime_type}, but its contents are not.`)
  }
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      const before = received
      received += chunk.byteLength
      if (received > size)
        throw new ParleyError(
          'payload_too_large',
          `The file is larger than the ${sizeInWords(size)} it was said to have.`,
        )
      if (before < SIGNATURE_BYTES) {
        start = joined(start, chunk.subarray(0, SIGNATURE_BYTES - before))
        if (start.byteLength === SIGNATURE_BYTES) assertType()
      }
      if (held) controller.enqueue(held)
      held = chunk.byteLength > 0 ? chunk : undefined
    },
    flush(controller) {
      if (received < size)
        throw new ParleyError('invalid_request', `The upload ended after ${received} of ${size} bytes. Send it again.`)
      assertType()
      if (held) controller.enqueue(held)
    },
  })
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.byteLength + other.byteLength)
  both.set(one)
  both.set(other, one.byteLength)
  return both
}
