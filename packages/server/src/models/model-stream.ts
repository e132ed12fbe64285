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
  /** @throws {ParleyError} `model_failed` when the stream ended before the answer did. */
  finish(): StreamEvent[]
}

/**
 * Asks a host and streams its answer: what arrived in one read of the socket becomes one batch of events.
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
  try {
    const response = await openModelStream(call.host, { path, body, signal })
    yield [{ type: 'response_started' }]
    const reader = createSseReader()
    for await (const piece of response.body) {
      const payloads = reader.read(piece)
      if (payloads.length > 0) yield call.heard(decoder.decode(payloads))
    }
    yield call.heard(decoder.decode(reader.end()))
    yield call.heard(decoder.finish())
  } catch (thrown) {
    if (signal?.aborted) throw abortError()
    throw call.failed(thrown instanceof ParleyError ? thrown : brokenOffError(namesOf(host, body.model), thrown))
  } finally {
    call.left()
  }
}
