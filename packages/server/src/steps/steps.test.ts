import type { RunEvent } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { CustomStreamError } from '../runnable/stream-errors.js'
import { runEach } from './run-each.js'
import { runLoop } from './run-loop.js'
import { runStep } from './run-step.js'

/** What is told, and what comes of it. */
async function all<Output>(work: AsyncGenerator<RunEvent, Output, undefined>) {
  const events: RunEvent[] = []
  for (;;) {
    const next = await work.next().catch((thrown: unknown) => ({ thrown }))
    if ('thrown' in next) return { events, thrown: next.thrown }
    if (next.done) return { events, output: next.value }
    events.push(next.value)
  }
}

/** An event in few words: `started ask in each#1`. */
const short = (event: RunEvent): string => {
  if (!event.type.startsWith('node.') || !('node_id' in event)) return event.type
  const within = (event.within ?? []).map(({ node_id, round }) => ` in ${node_id}#${round}`).join('')
  const round = 'round' in event ? `#${event.round}` : ''
  return `${event.type.slice('node.'.length)} ${event.node_id}${round}${within}`
}

describe('D4: a step', () => {
  it('tells that it began and how it ended, and gives what came of it', async () => {
    const { events, output } = await all(runStep('Add', () => 1 + 1, { id: 'add', type: 'llm', input: [1, 1] }))

    expect(output).toBe(2)
    expect(events).toEqual([
      { type: 'node.started', node_id: 'add', node_type: 'llm', title: 'Add', input: [1, 1] },
      { type: 'node.finished', node_id: 'add', status: 'completed', output: 2 },
    ])
  })

  it('may say something on the way', async () => {
    const { events, output } = await all(
      runStep('Write', async function* () {
        yield { type: 'progress_update', text: 'Writing' } as const
        return 'text'
      }),
    )

    expect(output).toBe('text')
    expect(events.map(short)).toEqual(['started Write', 'progress_update', 'finished Write'])
  })

  it('that fails is tried again, told as failed, and fails the workflow', async () => {
    let tries = 0
    const fetchIt = async () => {
      tries += 1
      throw new CustomStreamError(`No answer ${tries}.`)
    }
    const { events, thrown } = await all(runStep('Fetch', fetchIt, { retries: 2 }))

    expect(thrown).toMatchObject({ message: 'No answer 3.' })
    expect(events.slice(1)).toEqual([
      { type: 'node.retried', node_id: 'Fetch', retry: 1, error: 'No answer 1.' },
      { type: 'node.retried', node_id: 'Fetch', retry: 2, error: 'No answer 2.' },
      { type: 'node.finished', node_id: 'Fetch', status: 'failed', error: 'No answer 3.' },
    ])
  })

  it('that fails lets the workflow go on where it says how, without words that were not made for people', async () => {
    const fail = () => {
      throw new TypeError('secret')
    }
    const { events, output } = await all(runStep<string>('Fetch', fail, { otherwise: () => 'nothing' }))

    expect(output).toBe('nothing')
    expect(events.at(-1)).toEqual({
      type: 'node.finished',
      node_id: 'Fetch',
      status: 'failed',
      is_handled: true,
      output: 'nothing',
    })
  })
})

describe('D4: an iteration', () => {
  it('tells of each round, and in which the steps within are', async () => {
    const { events, output } = await all(
      runEach('Each', ['a', 'b'], (item) => runStep('Ask', () => item.toUpperCase(), { id: 'ask' }), { id: 'each' }),
    )

    expect(output).toEqual(['A', 'B'])
    expect(events.map(short)).toEqual([
      'started each',
      'round_started each#0',
      'started ask in each#0',
      'finished ask in each#0',
      'round_finished each#0',
      'round_started each#1',
      'started ask in each#1',
      'finished ask in each#1',
      'round_finished each#1',
      'finished each',
    ])
    expect(events[0]).toMatchObject({ input: ['a', 'b'], rounds: { kind: 'iteration', length: 2 } })
    expect(events[1]).toMatchObject({ input: 'a' })
    expect(events.at(-1)).toMatchObject({ status: 'completed', output: ['A', 'B'] })
  })

  it('of nothing has no rounds', async () => {
    const { events, output } = await all(runEach('Each', [], () => 1))

    expect(output).toEqual([])
    expect(events.map(short)).toEqual(['started Each', 'finished Each'])
  })

  it('has as many rounds at once as it may, and gives what came of them in order', async () => {
    const opened: (() => void)[] = []
    const work = (item: number) => new Promise<number>((resolve) => opened.push(() => resolve(item * 10)))
    const running = all(runEach('Each', [1, 2, 3], work, { parallel: 2 }))

    await expect.poll(() => opened.length).toBe(2)
    opened[1]?.()
    await expect.poll(() => opened.length).toBe(3)
    opened[2]?.()
    opened[0]?.()

    const { events, output } = await running
    expect(output).toEqual([10, 20, 30])
    expect(events.map(short).slice(1, 5)).toEqual([
      'round_started Each#0',
      'round_started Each#1',
      'round_finished Each#1',
      'round_started Each#2',
    ])
  })

  it('fails with the first round that does: those at work come to their end, and no other begins', async () => {
    const opened: (() => void)[] = []
    const work = (item: number) =>
      item === 1
        ? Promise.reject(new CustomStreamError('The first.'))
        : new Promise<number>((resolve) => opened.push(() => resolve(item)))
    const running = all(runEach('Each', [1, 2, 3], work, { parallel: 2 }))
    await expect.poll(() => opened.length).toBe(1)
    opened[0]?.()

    const { events, thrown } = await running
    expect(thrown).toMatchObject({ message: 'The first.' })
    expect(events.map(short).sort()).toEqual([
      'finished Each',
      'round_finished Each#0',
      'round_finished Each#1',
      'round_started Each#0',
      'round_started Each#1',
      'started Each',
    ])
    expect(events.at(-1)).toMatchObject({ status: 'failed', error: 'The first.' })
  })

  it('that nobody reads any more ends what is at work', async () => {
    let ended = 0
    const running = runEach(
      'Each',
      [1, 2],
      async function* () {
        try {
          for (;;) yield { type: 'progress_update', text: 'Working' } as const
        } finally {
          ended += 1
        }
      },
      { parallel: 2 },
    )
    for (let count = 0; count < 6; count++) await running.next()
    await running.return(undefined as never)

    await expect.poll(() => ended).toBe(2)
  })

  it('within a loop is told by the whole way to it', async () => {
    const { events } = await all(
      runLoop('Loop', [0], () => runEach('Each', ['a'], () => runStep('Ask', () => 1)), { most: 1 }),
    )

    expect(events.map(short)).toContain('started Ask in Loop#0 in Each#0')
    expect(events.map(short)).toContain('round_started Each#0 in Loop#0')
  })
})

describe('D4: a loop', () => {
  it('goes on with what came of the round before until it is done', async () => {
    const { events, output } = await all(
      runLoop('Grow', 'x', (text) => runStep('Double', () => text + text), {
        most: 10,
        until: (text) => text.length >= 4,
      }),
    )

    expect(output).toBe('xxxx')
    expect(events.map(short)).toEqual([
      'started Grow',
      'round_started Grow#0',
      'started Double in Grow#0',
      'finished Double in Grow#0',
      'round_finished Grow#0',
      'round_started Grow#1',
      'started Double in Grow#1',
      'finished Double in Grow#1',
      'round_finished Grow#1',
      'finished Grow',
    ])
    expect(events[0]).toMatchObject({ input: 'x', rounds: { kind: 'loop', length: 10 } })
    expect(events.at(-1)).toMatchObject({ output: 'xxxx' })
  })

  it('has no more rounds than it may', async () => {
    const { output } = await all(runLoop('Count', 0, (count) => count + 1, { most: 3 }))

    expect(output).toBe(3)
  })
})
