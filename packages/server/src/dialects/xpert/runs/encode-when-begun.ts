import type { RunStream } from '../../../engine/engine.js'
import type { EventEncoder } from './encode-events.js'

/** A run with what its reader reads it by. One that has not begun is read with what its thread holds when it does. */
export async function encodeWhenBegun(
  stream: RunStream,
  makeEncoder: () => Promise<EventEncoder>,
): Promise<{ stream: RunStream; encode: EventEncoder }> {
  if (!stream.run.isQueued) return { stream, encode: await makeEncoder() }
  let encode: EventEncoder = () => []
  async function* entries() {
    let hasBegun = false
    for await (const batch of stream.entries) {
      if (!hasBegun) encode = await makeEncoder()
      hasBegun = true
      yield batch
    }
  }
  return { stream: { ...stream, entries: entries() }, encode: (event) => encode(event) }
}
