import { request as httpRequest } from 'node:http'
import { describe, expect, it, vi } from 'vitest'
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
      await vi.waitFor(
        () => {
          const still = written > 0 && written === before
          before = written
          expect(still).toBe(true)
        },
        { interval: 100, timeout: 10_000 },
      )
      expect(over).toBe(false)

      client.destroy()
      await vi.waitFor(() => expect(over).toBe(true))
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
      await vi.waitFor(() => expect(asked).toBe(true))
      client.destroy()
      await vi.waitFor(() => expect(seen).toBe(true))
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
