import type { RunEvent } from '@parley/protocol'
import type { Transport } from '../store/session.js'

/** One request as the server would see it. */
export interface SeenRequest {
  type: string
  params: Record<string, unknown>
  headers: Record<string, string>
}

type Answer = Response | Promise<Response>
export type Script = Record<string, (request: SeenRequest, signal: AbortSignal | undefined) => Answer>

/** A server that follows a script: one function per request type. What it was asked is in `requests`. */
export function createScriptedTransport(script: Script): Transport & { requests: SeenRequest[] } {
  const requests: SeenRequest[] = []
  return {
    requests,
    async send(body, { signal, headers = {} }) {
      const { type, params } = body as Pick<SeenRequest, 'type' | 'params'> // what the session has just written
      const request = { type, params, headers }
      requests.push(request)
      const answer = script[type]
      return answer ? answer(request, signal) : Response.json({}, { status: 404 })
    },
  }
}

/** An event stream; numbered from `first` on when the server is Parley. Ends where the events end, breaks where they throw. */
export function streamOf(events: Iterable<RunEvent> | AsyncIterable<RunEvent>, first?: number): Response {
  const encoder = new TextEncoder()
  async function* frames() {
    let id = first
    for await (const event of events) {
      yield encoder.encode(`${id === undefined ? '' : `id: ${id++}\n`}data: ${JSON.stringify(event)}\n\n`)
    }
  }
  const source = frames()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await source.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await source.return()
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
}
