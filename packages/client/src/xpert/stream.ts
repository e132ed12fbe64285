import { ClientError } from '../transport/error.js'
import { readMessages } from '../transport/read-messages.js'
import type { Call, Transport } from '../transport/transport.js'

export interface StreamCall extends Call {
  /** Only what came after this event. */
  lastEventId?: string | undefined
}

/** How often one stream may be picked up again without an event in between. */
const MOST_RECONNECTS = 5

/**
 * The events of a stream. When the line breaks and the server has said where to go on (`Location`), it is picked up
 * after the last event that came; from the start where none had. Nothing is sent before the first `next()`.
 */
export async function* streamEvents<Event>(
  transport: Transport,
  { lastEventId, ...call }: StreamCall,
): AsyncGenerator<Event, void, undefined> {
  const after = (id: string | undefined) => ({
    ...call.headers,
    accept: 'text/event-stream',
    ...(id !== undefined && { 'last-event-id': id }),
  })
  let response = await transport.send({ ...call, headers: after(lastEventId) })
  const goOnAt = response.headers.get('location')

  let canGoOn = goOnAt?.startsWith('/')
  for (let lost = 0; ; ) {
    try {
      for await (const { id, event = '', data } of readMessages(response)) {
        lastEventId = id
        lost = 0
        canGoOn &&= id !== undefined
        yield { ...(id !== undefined && { id }), event, data } as Event // the server's own schema made it
      }
      return
    } catch (thrown) {
      lost += 1
      const isLost = thrown instanceof ClientError && thrown.code === 'network'
      if (!isLost || !goOnAt || !canGoOn || lost > MOST_RECONNECTS) throw thrown
    }
    response = await transport.send({ method: 'GET', path: goOnAt, signal: call.signal, headers: after(lastEventId) })
  }
}
