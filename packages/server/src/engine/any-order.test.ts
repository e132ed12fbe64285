import type { RunEvent } from '@parley/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunContext } from '../runnable/runnable.js'
import { sqliteStore } from '../storage/sqlite/sqlite-store.js'
import type { DurableStore } from '../storage/store.js'
import {
  added,
  answer,
  callTo,
  delta,
  done,
  message,
  type Person,
  readEvents,
  storedItems,
  type TestEngine,
  testEngine,
  textOf,
  toolCall,
  userText,
} from '../testing/engine-fixture.js'
import type { RunStream } from './engine.js'

/** SQLite answers at once; over a network, calls overlap. `turns` says how many ticks each takes. */
function slowStore(turns: () => number): DurableStore<Person> {
  const wait = async () => {
    for (let turn = turns(); turn > 0; turn -= 1) await new Promise((resolve) => setImmediate(resolve))
  }
  return new Proxy(sqliteStore(':memory:'), {
    get(store, name, receiver) {
      const method: unknown = Reflect.get(store, name, receiver)
      if (typeof method !== 'function') return method
      return async (...args: unknown[]) => {
        await wait()
        const result: unknown = await Reflect.apply(method, store, args)
        await wait()
        return result
      }
    },
  })
}

const apps: Record<string, (context: RunContext<Person>) => AsyncIterable<RunEvent>> = {
  answers: answer('Answer').app.run,
  async *asks(context) {
    if (context.trigger.type !== 'client_tool_output') yield done(toolCall(context, context.generateId('tool_call')))
  },
  async *fails(context) {
    yield added(message(context, context.generateId('message'), 'Half'))
    throw new Error('gone')
  },
  async *hangs(context) {
    const id = context.generateId('message')
    yield added(message(context, id))
    yield delta(id, 'Half')
    await new Promise(() => undefined)
  },
}

type Step = { type: string; app: string; whenBusy?: 'interrupt' | 'rollback' | 'reject' }

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    type: fc.constantFrom('message', 'message', 'output', 'retry', 'cancel', 'leave', 'rename', 'resume'),
    app: fc.constantFrom(...Object.keys(apps)),
    whenBusy: fc.constantFrom('interrupt', 'rollback', 'reject'),
  }),
  { minLength: 1, maxLength: 12 },
)

/** Does all steps at once on one thread and collects every stream that opened. */
async function take({ engine, ...test }: TestEngine, opened: RunStream, chosen: Step[]): Promise<RunStream[]> {
  const { threadId } = opened.run
  const streams = [opened]
  const [first] = await storedItems({ engine, ...test }, threadId)
  const takeStep = async ({ type, app, whenBusy }: Step): Promise<void> => {
    const call = callTo(apps[app] ?? apps.answers!)
    const options = { whenBusy }
    if (type === 'message') streams.push(await engine.addUserMessage(call, threadId, userText('More'), options))
    if (type === 'output') streams.push(await engine.addClientToolOutput(call, threadId, 1, options))
    if (type === 'retry') streams.push(await engine.retryAfterItem(call, threadId, first?.id ?? '', options))
    if (type === 'resume') streams.push(await engine.resumeRun(call, threadId, {}))
    if (type === 'cancel') await engine.cancelRun(call, threadId)
    if (type === 'rename') await engine.updateThread(call, threadId, { title: 'Renamed' })
    if (type === 'leave') streams.at(-1)?.leave({ canReturn: false })
  }
  await Promise.allSettled(chosen.map(takeStep))
  return streams
}

describe('whatever is done to a thread, in any order and at once', () => {
  it('every reader sees an end, nothing is stored twice, and the thread is free afterwards', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.array(fc.nat(3), { minLength: 1, maxLength: 20 }), async (chosen, delays) => {
        let calls = 0
        const test = testEngine({ store: slowStore(() => delays[calls++ % delays.length] ?? 0) })
        const opened = await test.engine.startThread(callTo(apps.asks!), userText('Hi'))
        const streams = await take(test, opened, chosen)
        await test.engine.cancelRun(answer(''), opened.run.threadId)

        for (const events of await Promise.all(streams.map(readEvents))) {
          expect(events.at(-1)?.type).toBe('run.ended')
        }
        const send = test.engine.addUserMessage(answer('Free'), opened.run.threadId, userText('?'), {
          whenBusy: 'reject',
        })
        expect((await readEvents(await send)).at(-1)).toMatchObject({ status: 'completed' })
        const items = await storedItems(test, opened.run.threadId)
        expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
        expect(textOf(items.at(-1))).toBe('Free')
        await test.engine.close()
      }),
      { numRuns: 60 },
    )
  })
})
