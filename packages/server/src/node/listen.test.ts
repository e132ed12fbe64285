import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { eventStreamResponse } from '../http/event-stream.js'
import { type Listener, listen } from './listen.js'

const LOCAL = { port: 0, host: '127.0.0.1' }

async function serving(fetch: (request: Request) => Promise<Response>, test: (server: Listener) => Promise<void>) {
  const server = await listen(fetch, LOCAL)
  try {
    await test(server)
  } finally {
    await server.close()
  }
}

/** Everything the server answers to these bytes until it closes the connection. */
async function exchange(url: string, requests: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), LOCAL.host)
  socket.write(requests)
  let answer = ''
  for await (const bytes of socket.setEncoding('utf8')) answer += bytes
  return answer
}

describe('a server on Node', () => {
  it('answers plain responses and event streams', async () => {
    const answer = async (request: Request) =>
      request.url.endsWith('/stream')
        ? eventStreamResponse(async (sink) => {
            for (const number of [1, 2, 3]) await sink.write(`data: ${number}\n\n`)
          })
        : Response.json({ hello: 'world' })

    await serving(answer, async ({ url }) => {
      expect(await (await fetch(`${url}/`)).json()).toEqual({ hello: 'world' })
      const stream = await fetch(`${url}/stream`)
      expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
      expect(await stream.text()).toBe('data: 1\n\ndata: 2\n\ndata: 3\n\n')
    })
  })

  it('keeps events whole, whatever their letters and however many there are', async () => {
    const events = Array.from(
      { length: 500 },
      (_, number) => `data: ${number} ${'ü→😀 plain '.repeat(number % 40)}\n\n`,
    )
    const answer = async () =>
      eventStreamResponse(async (sink) => {
        for (const event of events) await sink.write(event)
      })

    await serving(answer, async ({ url }) => {
      expect(await (await fetch(url)).text()).toBe(events.join(''))
    })
  })

  it('streams to clients of HTTP/1.0, and in order to those that ask twice at once', async () => {
    const answer = async (request: Request) =>
      eventStreamResponse(async (sink) => {
        for (const word of ['one', 'two', 'three']) {
          await new Promise((resolve) => setImmediate(resolve))
          await sink.write(`data: ${word} ${new URL(request.url).pathname}\n\n`)
        }
      })
    const eventsOf = (path: string) => ['one', 'two', 'three'].map((word) => `data: ${word} ${path}`)
    const readEvents = (text: string) => text.match(/^data: .*$/gm)

    await serving(answer, async ({ url }) => {
      const old = await exchange(url, 'GET /old HTTP/1.0\r\nhost: parley\r\n\r\n')
      expect(old).toMatch(/\r\n\r\ndata: one \/old\n\ndata: two \/old\n\ndata: three \/old\n\n$/)

      const first = 'GET /a HTTP/1.1\r\nhost: parley\r\n\r\n'
      const second = 'GET /b HTTP/1.1\r\nhost: parley\r\nconnection: close\r\n\r\n'
      expect(readEvents(await exchange(url, first + second))).toEqual([...eventsOf('/a'), ...eventsOf('/b')])
    })
  })

  it('makes a fast writer wait for a slow reader, and tells it when the reader left', async () => {
    let written = 0
    let over = false
    const block = `data: ${'x'.repeat(64 * 1024)}\n\n`
    const endless = async () =>
      eventStreamResponse(async (sink) => {
        for (; !sink.signal.aborted; written += 1) await sink.write(block)
        over = true
      })

    await serving(endless, async ({ url }) => {
      const client = httpRequest(url, (response) => response.once('data', () => response.pause()))
      client.end()
      let before = -1
      const stands = () => {
        const still = written > 0 && written === before
        before = written
        return still
      }
      await expect.poll(stands, { interval: 100 }).toBe(true)
      expect(over).toBe(false)

      client.destroy()
      await expect.poll(() => over).toBe(true)
    })
  })

  it('tells the writer also when the reader left before the first event', async () => {
    let seen: boolean | undefined
    let asked = false
    const slow = async ({ signal }: Request) => {
      asked = true
      await new Promise((left) => signal.addEventListener('abort', left))
      return eventStreamResponse(async (sink) => {
        seen = sink.signal.aborted
      })
    }

    await serving(slow, async ({ url }) => {
      const client = httpRequest(url)
      client.on('error', () => undefined)
      client.end()
      await expect.poll(() => asked).toBe(true)
      client.destroy()
      await expect.poll(() => seen).toBe(true)
    })
  })

  it('says in one sentence why it cannot listen', async () => {
    await serving(
      async () => new Response(),
      async ({ url }) => {
        const port = Number(new URL(url).port)
        await expect(listen(async () => new Response(), { port, host: '127.0.0.1' })).rejects.toThrow(
          `Port ${port} is taken by another program.`,
        )
      },
    )
  })
})

it('closes although a client holds a connection that it never asked anything on', async () => {
  const server = await listen(async () => new Response('ok'), { port: 0, host: '127.0.0.1' })
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  const closed = new Promise((resolve) => socket.once('close', resolve))
  await expect.poll(() => server.connections()).toBe(1)

  await server.close()

  await closed
})
