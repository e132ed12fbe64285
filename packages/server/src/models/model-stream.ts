import type { ModelRequest } from '@openai/agents-core/model'
import type { StreamEvent } from '@openai/agents-core/types'
import { ParleyError } from '@parley/protocol'
import { startModelCall } from './model-call.js'
import { brokenOffError } from './model-error.js'
import { abortError, type ModelHost, namesOf, openModelStream } from './model-host.js'
import { createSseReader } from './sse-reader.js'

/** How one API says what its models answer. `decode` gets the data of all events that arrived together. */
export interface StreamDecoder {
  decode(payloads: string[]): StreamEvent[]
  /** The host has said that this was all. What it does not say shows when its stream ends. */
  isOver(): boolean
  /** @throws {ParleyError} `model_failed` when the stream ended before the answer did. */
  finish(): StreamEvent[]
}

/** Of what a host sends behind its answer, what is read so that the connection can be used again. */
const PIECES_BEHIND = 8

/**
 * Asks a host and streams its answer: what arrived in one read of the socket becomes one batch of events. It is over when
 * the host says so, which may be long before it closes the stream.
 *
 * @throws {ParleyError} `model_failed`, in words that say what to do; an abort is thrown as it is.
 */
export async function* streamModel(
  host: ModelHost,
  {
    path,
    body,
    signal,
  }: { path: string; body: { model: string } & Record<string, unknown> } & Pick<ModelRequest, 'signal'>,
  decoder: StreamDecoder,
): AsyncGenerator<StreamEvent[]> {
  const call = startModelCall(host, body)
  let pieces: AsyncIterator<string> | undefined
  try {
    const response = await openModelStream(call.host, { path, body, signal })
    yield [{ type: 'response_started' }]
    const reader = createSseReader()
    pieces = response.body[Symbol.asyncIterator]()
    while (!decoder.isOver()) {
      const piece = await pieces.next()
      const payloads = piece.done ? reader.end() : reader.read(piece.value)
      const events = payloads.length > 0 ? decoder.decode(payloads) : []
      const isEnd = piece.done || decoder.isOver()
      if (isEnd || events.length > 0) yield call.heard(isEnd ? [...events, ...decoder.finish()] : events)
      if (piece.done) break
    }
    void readRest(pieces)
    pieces = undefined
  } catch (thrown) {
    if (signal?.aborted) throw abortError()
    throw call.failed(thrown instanceof ParleyError ? thrown : brokenOffError(namesOf(host, body.model), thrown))
  } finally {
    call.left()
    await pieces?.return?.()
  }
}

/** Waits for the end of a stream whose answer is over; a host that has much more to say is left. */
async function readRest(pieces: AsyncIterator<string>): Promise<void> {
  try {
    for (let count = 0; count < PIECES_BEHIND; count++) if ((await pieces.next()).done) return
    await pieces.return?.()
  } catch {
    // The answer is whole: how its connection ends is nobody's concern.
  }
}
