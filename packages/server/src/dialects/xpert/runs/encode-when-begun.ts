import type { RunStream } from '../../../engine/engine.js'
import type { EventEncoder } from './encode-events.js'

/** A run with what its reader reads it by. One that has not begun is read with what its thread holds when it does. */
export async function encodeWhenBegun(
  stream: RunStream,
  makeEncoder: () => Promise<EventEncoder>,
): Promise<{ stream: RunStream; encode: EventEncoder }> {
  if (!stream.run.isQueued) return { stream, encode: await makeEncoder() }
  return encodeLater(stream, makeEncoder)
}

/**
 * The same for whoever started it. Nothing may fail any more before the answer begins: their clients would start the run
 * once more. What fails breaks the stream.
 */
export function encodeFromStart(
  stream: RunStream,
  makeEncoder: () => Promise<EventEncoder>,
): { stream: RunStream; encode: EventEncoder } {
  if (stream.run.isQueued) return encodeLater(stream, makeEncoder)
  const making = makeEncoder() // with what the thread holds now
  making.catch(() => undefined) // is told to whoever reads the first event
  return encodeLater(stream, () => making)
}

function encodeLater(stream: RunStream, makeEncoder: () => Promise<EventEncoder>) {
  let encode: EventEncoder = () => []
  async function* entries() {
    let hasBegun = false
    for await (const batch of stream.entries) {
      if (!hasBegun) encode = await makeEncoder()
      hasBegun = true
      yield batch
    }
  }
  return { stream: { ...stream, entries: entries() }, encode: (event: Parameters<EventEncoder>[0]) => encode(event) }
}
