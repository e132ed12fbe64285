import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { assistantText, chatAt, eventsOf } from '../support/chat.js'
import { type ModelHost, startModelHost } from '../support/model-host.js'
import { type ParleyProcess, startParley } from '../support/parley-process.js'

const STREAMS = 50
const WORDS_PER_SECOND = 20
/** Text is stored every second, which the engine's tests see with a clock of their own; a busy machine is late with it. */
const LATE_SECONDS = 4

/** Words for ever, at a steady pace, each with its number. */
async function* talk() {
  for (let word = 0; ; word++) {
    yield `w${word} `
    await pause(1000 / WORDS_PER_SECOND) // the pace of the model is part of what is tested
  }
}

describe('E6: a process that is killed in the middle of 50 answers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-crash-'))
  const open: (ParleyProcess | ModelHost)[] = []
  afterEach(async () => {
    for (const part of open.splice(0)) await ('kill' in part ? part.kill() : part.close())
    rmSync(folder, { recursive: true, force: true })
  })

  it('loses no accepted message, keeps what was written until shortly before, and leaves nothing running', async () => {
    const model = await startModelHost(talk)
    open.push(model)
    const env = { PARLEY_DATA: folder, OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'k', PARLEY_MODEL: 'test-model' }
    const first = await startParley(env)
    const chat = chatAt(first.url)

    const streams = await Promise.all(
      Array.from({ length: STREAMS }, (_, index) => readUntilKilled(chat, `question ${index}`)),
    )
    const seen = await Promise.all(streams.map((stream) => stream.reached(2 * LATE_SECONDS * WORDS_PER_SECOND)))
    await first.kill()
    await Promise.all(streams.map((stream) => stream.ended))
    const second = await startParley(env)
    open.push(second)
    const after = chatAt(second.url)

    expect((await after.threads()).data).toHaveLength(STREAMS)
    for (const [index, stream] of streams.entries()) {
      const { data } = await after.items(stream.threadId)
      expect(data[0]).toMatchObject({ type: 'user_message', content: [{ text: `question ${index}` }] })
      const kept = assistantText(data).trim().split(' ').length
      expect(kept).toBeGreaterThanOrEqual((seen[index] ?? 0) - LATE_SECONDS * WORDS_PER_SECOND)
      expect((await after.thread(stream.threadId)).status).toEqual({ type: 'active' })
    }
  })
})

/** Starts an answer and counts the words that arrive, until the connection breaks. */
async function readUntilKilled(chat: ReturnType<typeof chatAt>, question: string) {
  const events = eventsOf(await chat.create(question))
  const waiting: { words: number; resolve(words: number): void }[] = []
  let words = 0
  let tellThread: (id: string) => void = () => undefined
  const known = new Promise<string>((resolve) => {
    tellThread = resolve
  })
  const ended = (async () => {
    try {
      for await (const event of events) {
        if (event.type === 'thread.created') tellThread(event.thread.id)
        if (event.type === 'thread.item.updated' && 'delta' in event.update)
          words += event.update.delta.split(' ').length - 1
        for (const wait of waiting) if (words >= wait.words) wait.resolve(words)
      }
    } catch {
      // the server was killed: the connection breaks
    }
  })()
  return {
    threadId: await known,
    ended,
    reached: (count: number) => new Promise<number>((resolve) => waiting.push({ words: count, resolve })),
  }
}
