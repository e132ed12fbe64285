import type { RunEvent } from '@parley/protocol'

/** All events of a stream, in order, once it is over. Fails when the answer is not a stream. */
export async function readEvents(response: Response): Promise<RunEvent[]> {
  const events: RunEvent[] = []
  for await (const event of streamEvents(response)) events.push(event)
  return events
}

/** The events of a stream as they come. Ending the iteration early closes the connection, as a leaving client does. */
export async function* streamEvents(response: Response): AsyncGenerator<RunEvent, void, undefined> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream') || !response.body) {
    throw new TypeError(`Not an event stream: ${response.status} ${await response.text()}`)
  }
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of response.body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1]
      // The server's own encoder wrote it; a test asserts what it holds.
      if (data !== undefined) yield JSON.parse(data) as RunEvent
    }
  }
}
