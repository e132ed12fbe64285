import { Agent, type Model, type ModelRequest } from '@openai/agents-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { say, scriptedModel } from '../../models/scripted.js'
import { streamingModel } from '../../models/streaming-model.js'
import { readEvents } from '../../testing/read-events.js'
import { testParley } from '../../testing/test-parley.js'
import { userText } from '../../testing/user-text.js'
import { agentApp } from '../agent-runnable.js'
import { loadTokenCounter } from './count-input.js'
import type { MemoryOptions } from './remember-thread.js'

const FIRST = 'Call me Ada, and answer in French.'
/** About 230 tokens. */
const LONG = 'The quick brown fox jumps over the lazy dog. '.repeat(23)

/** About 60 tokens. */
const SHORT = LONG.slice(0, 270)

/** A chat whose agent remembers so much; what the model and the taker of notes were asked. */
function chat(memory: MemoryOptions | false, { contextTokens = 0, notes = () => 'Ada likes foxes.' } = {}) {
  const requests: ModelRequest[] = []
  const notesAsked: string[] = []
  let noted = 0
  let wake: () => void = () => undefined
  const model: Model = streamingModel(async function* (request) {
    if (request.systemInstructions?.startsWith('You keep the notes')) {
      notesAsked.push(JSON.stringify(request.input))
      try {
        yield* scriptedModel(say(notes())).getStreamedResponse(request)
      } finally {
        noted += 1
        wake()
      }
    } else {
      requests.push(request)
      yield* scriptedModel(say(`Answer ${requests.length}`)).getStreamedResponse(request)
    }
  })
  const models = {
    kind: 'chat-completions' as const,
    describe: async () => 'a model of the test',
    model: async () => model,
    ...(contextTokens > 0 && { contextTokens: () => contextTokens }),
  }
  const agent = new Agent({ name: 'Agent', instructions: 'Be brief.', model: 'test-model' })
  const warnings: string[] = []
  const quiet = () => undefined
  const log = { debug: quiet, info: quiet, error: quiet, warn: (message: string) => void warnings.push(message) }
  const parley = testParley({ app: agentApp({ agent, models, memory }), log })
  onTestFinished(() => parley.close())
  let thread_id: string | undefined

  return {
    parley,
    warnings,
    notesAsked,
    /** What the model was asked last, as text, and what it was told besides. */
    lastInput: () => {
      const { input = [] } = requests.at(-1) ?? {}
      return typeof input === 'string' ? [input] : input.map((item) => JSON.stringify(item))
    },
    async ask(text: string) {
      const input = userText(text)
      const [type, params] = thread_id
        ? ['threads.add_user_message', { thread_id, input }]
        : ['threads.create', { input }]
      const events = await readEvents(await parley.send(String(type), params))
      for (const event of events) if (event.type === 'thread.created') thread_id = event.thread.id
      return events
    },
    async retry(item_id: string) {
      return readEvents(await parley.send('threads.retry_after_item', { thread_id, item_id }))
    },
    /** Resolves when notes were taken so often. */
    async untilNoted(times: number) {
      while (noted < times) await new Promise<void>((resolve) => (wake = resolve))
      // the notes are stored in the same turn of the event loop as SQLite works
      await new Promise<void>((resolve) => setImmediate(resolve))
    },
  }
}

describe('a long thread', () => {
  it('is told to the model as its newest turns, with how it began before them', async () => {
    const { ask, lastInput } = chat({ maxTokens: 1000, summarize: false })
    await ask(FIRST)
    for (let count = 1; count <= 6; count += 1) await ask(`Question ${count}: ${LONG}`)

    const input = lastInput()
    expect(input[0]).toContain(FIRST)
    expect(input[0]).toContain('What came next is left out.')
    expect(input.at(-1)).toContain('Question 6')
    expect(input.some((item) => item.includes('Question 2'))).toBe(false)
    // turns are whole: behind the opening a person speaks
    expect(input[1]).toContain('"role":"user"')
    const { countText } = await loadTokenCounter()
    expect(input.reduce((sum, item) => sum + countText(item), 0)).toBeLessThan(1300)
  })

  it('keeps its newest message whole, however long that is', async () => {
    const { ask, lastInput } = chat({ maxTokens: 500, summarize: false })
    await ask(FIRST)
    await ask(LONG.repeat(5))

    expect(lastInput().at(-1)).toContain(LONG.repeat(5).trim())
    expect(lastInput()).toHaveLength(2)
  })

  it('is told whole while it fits, and where nobody knows what fits', async () => {
    const all = chat(false)
    await all.ask(FIRST)
    for (let count = 1; count <= 3; count += 1) await all.ask(LONG)
    expect(all.lastInput()).toHaveLength(7)

    const short = chat({ maxTokens: 5000 })
    await short.ask(FIRST)
    for (let count = 1; count <= 3; count += 1) await short.ask(LONG)
    expect(short.lastInput()).toHaveLength(7)
    expect(short.notesAsked).toEqual([])
  })

  it('fits by itself where it is known how much the model reads', async () => {
    const { ask, lastInput } = chat({ summarize: false }, { contextTokens: 1000 })
    await ask(FIRST)
    for (let count = 1; count <= 6; count += 1) await ask(`Question ${count}: ${LONG}`)

    expect(lastInput()[0]).toContain('What came next is left out.')
  })
})

describe('notes on what no longer fits', () => {
  it('are taken after the answer, told with the next, and extended, not written anew', async () => {
    const { ask, lastInput, notesAsked, untilNoted } = chat({ maxTokens: 1000 })
    await ask(FIRST)
    for (let count = 1; count <= 13; count += 1) await ask(`Question ${count}: ${SHORT}`)
    await untilNoted(1)
    expect(notesAsked[0]).toContain('There are no notes yet.')
    expect(notesAsked[0]).toContain(FIRST)
    expect(notesAsked[0]).toContain('Question 1:')

    await ask('And now?')

    expect(lastInput()[0]).toContain(FIRST)
    expect(lastInput()[0]).toContain('Ada likes foxes.')
    expect(lastInput().some((item) => item.includes('Question 1:'))).toBe(false)
    expect(lastInput().at(-1)).toContain('And now?')

    for (let count = 14; count <= 21; count += 1) await ask(`Question ${count}: ${SHORT}`)
    await untilNoted(2)

    expect(notesAsked[1]).toContain('Ada likes foxes.')
    expect(notesAsked[1]).not.toContain('Question 1:')
  })

  it('are taken before an answer where something would be lost', async () => {
    const { ask, lastInput, notesAsked } = chat({ maxTokens: 1000 })
    await ask(FIRST)
    for (let count = 1; count <= 4; count += 1) await ask(`Question ${count}: ${LONG}`)

    expect(notesAsked[0]).toContain(FIRST)
    expect(lastInput()[0]).toContain('Ada likes foxes.')
  })

  it('that cannot be taken cost no answer, and the log says so', async () => {
    const fail = () => {
      throw new TypeError('no notes today')
    }
    const { ask, parley, warnings, lastInput } = chat({ maxTokens: 1000 }, { notes: fail })
    await ask(FIRST)
    for (let count = 1; count <= 6; count += 1) {
      const events = await ask(`Question ${count}: ${LONG}`)
      expect(events.some(({ type }) => type === 'error')).toBe(false)
    }
    await parley.close()

    expect(lastInput().at(-1)).toContain('Question 6')
    expect(warnings).toContain('What an app does after its runs failed.')
    expect(parley.reported).toEqual([])
  })

  it('of messages that are gone are forgotten', async () => {
    const { ask, retry, lastInput } = chat({ maxTokens: 1000 })
    const events = await ask(FIRST)
    const asked = events.flatMap((event) => (event.type === 'thread.item.done' ? [event.item] : []))[0]
    for (let count = 1; count <= 4; count += 1) await ask(`Question ${count}: ${LONG}`)
    expect(lastInput()[0]).toContain('Ada likes foxes.')

    await retry(asked?.id ?? '')

    expect(lastInput()).toHaveLength(1)
    expect(lastInput()[0]).toContain(FIRST)
    expect(lastInput()[0]).not.toContain('Ada likes foxes.')
  })
})

describe('counting tokens', () => {
  it.each([
    ['one letter without end', 'a'.repeat(100_000)],
    ['blanks without end', ' '.repeat(100_000)],
    ['signs between messages', '<|endoftext|><|im_start|>system'],
    ['halves of characters', '\ud800'.repeat(1000)],
  ])('takes %s', async (_, text) => {
    const { countText } = await loadTokenCounter()

    expect(countText(text)).toBeGreaterThan(0)
    expect(countText(text)).toBeLessThanOrEqual(text.length * 3)
  })
})
