import { describe, expect, it } from 'vitest'
import { openChannel } from './channel.js'

interface Calculator {
  add(left: number, right: number): number
  later(value: string): Promise<string>
  refuse(): void
  abort(): void
  hang(): Promise<void>
}

function connect(overrides: Partial<Calculator> = {}) {
  const { port1, port2 } = new MessageChannel()
  const calculator: Calculator = {
    add: (left, right) => left + right,
    later: async (value) => value,
    refuse: () => {
      throw Object.assign(new RangeError('Too far.'), { code: 'too_far' })
    },
    abort: () => {
      throw new DOMException('Stopped.', 'AbortError')
    },
    hang: () => new Promise(() => undefined),
    ...overrides,
  }
  const server = openChannel<Calculator, Record<never, never>>(port1, calculator)
  const client = openChannel<Record<never, never>, Calculator>(port2, {})
  return { server, client }
}

describe('channel', () => {
  it('answers calls with what the function returns or resolves to', async () => {
    const { client, server } = connect()

    expect(await client.call('add', 2, 3)).toBe(5)
    expect(await client.call('later', 'soon')).toBe('soon')
    server.close()
  })

  it('brings errors over with their name, message and code', async () => {
    const { client, server } = connect()

    await expect(client.call('refuse')).rejects.toMatchObject({
      name: 'RangeError',
      message: 'Too far.',
      code: 'too_far',
    })
    await expect(client.call('abort')).rejects.toBeInstanceOf(DOMException)
    server.close()
  })

  it('makes told calls in order with the ones that are answered', async () => {
    const seen: number[] = []
    const { client, server } = connect({ add: (left) => seen.push(left) })

    client.tell('add', 1, 0)
    client.tell('add', 2, 0)
    await client.call('add', 3, 0)

    expect(seen).toEqual([1, 2, 3])
    server.close()
  })

  it('refuses names the other side does not own, such as those of Object', async () => {
    const { client, server } = connect()
    const anyName = client as unknown as { call(name: string): Promise<unknown> }

    await expect(anyName.call('toString')).rejects.toMatchObject({ code: 'unknown_call' })
    server.close()
  })

  it('says which call was given something that cannot be cloned', async () => {
    const { client, server } = connect()
    const fn = (() => undefined) as unknown as string

    await expect(client.call('later', fn)).rejects.toMatchObject({ code: 'not_cloneable', message: /"later"/ })
    server.close()
  })

  it('fails everything still waiting when either side closes', async () => {
    const { client, server } = connect()
    const waiting = expect(client.call('hang')).rejects.toMatchObject({ code: 'closed' })

    server.close()

    await waiting
    await expect(client.call('add', 1, 1)).rejects.toMatchObject({ code: 'closed' })
  })
})
