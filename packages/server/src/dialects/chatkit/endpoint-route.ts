import type { Call, Engine } from '../../engine/engine.js'
import { readJson } from '../../http/body.js'
import { eventStreamResponse } from '../../http/event-stream.js'
import type { RequestCost } from '../../http/rate-limits/rules.js'
import { decodeIdempotencyKey, decodeRequest } from './decode.js'
import type { Reader } from './encode.js'
import { encodeStream } from './encode-stream.js'
import { answerRequest, costOf } from './operation-routes.js'

export interface Answering<Context> {
  engine: Engine<Context>
  /** Who is calling which app; asked before the body is read. */
  callOf(): Promise<Call<Context>>
  /** Counts the request against the caller's limits. @throws {ParleyError} `rate_limited` */
  admit?(request: Request, context: Context, cost: RequestCost): Promise<void>
  /** The most a request body may weigh; default 2 MB. */
  maxBodyBytes?: number
  /** Told when a stream breaks after it was opened. */
  report(thrown: unknown): void
}

/**
 * One `POST` to the endpoint: JSON, or the stream of a run.
 *
 * @throws {ParleyError} before the stream is open; afterwards a failure is an `error` event and a clean end.
 */
export async function answerHttp<Context>(request: Request, answering: Answering<Context>): Promise<Response> {
  const { engine, callOf, admit, maxBodyBytes, report } = answering
  const call = await callOf()
  const requestId = decodeIdempotencyKey(request.headers)
  const decoded = decodeRequest(await readJson(request, { maxBytes: maxBodyBytes }))
  await admit?.(request, call.context, costOf(decoded))
  const reader = readerOf(request)
  const answer = await answerRequest(decoded, { engine, call, reader, start: { requestId } })
  if ('json' in answer) return Response.json(answer.json)
  return eventStreamResponse(encodeStream(answer.stream, reader, report))
}

/** Our clients name themselves by a header; everybody else is spoken to as the protocol has it. */
const readerOf = (request: Request): Reader => (request.headers.has('parley-client') ? 'parley' : 'foreign')
