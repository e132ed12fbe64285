import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { echo, KEYS, langGraphParley } from '../testing.fixture.js'

let parley: ReturnType<typeof langGraphParley>
beforeEach(() => {
  parley = langGraphParley({ app: echo })
})
afterEach(() => parley.close())

const headers = { 'x-api-key': KEYS.shop }
const ask = async (path: string, body: unknown = {}) => {
  const answer = await parley.fetch(`/api/ai${path}`, body, { as: null, headers })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

type Frames = AsyncIterable<{ data: Record<string, Record<string, unknown>> }>

/** Reads an answer that waits in its middle, and there presses stop, which pauses in Xpert's newer composer. */
async function readAndPause(id: string, frames: unknown) {
  const events: Record<string, Record<string, unknown>>[] = []
  let run = ''
  let paused: Awaited<ReturnType<typeof ask>> | undefined
  for await (const { data } of frames as Frames) {
    events.push(data)
    if (typeof data.data?.executionId === 'string') run = data.data.executionId
    if (String(data.data?.text).includes('wait')) paused = await ask(`/threads/${id}/runs/${run}/pause`)
  }
  return { id, run, events, paused }
}

async function pausedAnswer() {
  const { threads, runs } = parley.client()
  const { thread_id: id } = await threads.create()
  return readAndPause(id, runs.stream(id, 'demo', { input: { input: 'wait' } }))
}

describe('C1: an answer in Xpert’s chat', () => {
  it('is paused: what was written stays, and its thread says how it goes on', async () => {
    const { id, run, events, paused } = await pausedAnswer()

    const control = { executionId: run, state: 'paused', pauseId: expect.any(String) }
    expect(paused).toEqual({ status: 200, body: control })
    expect(events.at(-2)).toMatchObject({ event: 'on_conversation_end', data: { id, status: 'paused' } })
    expect(await parley.client().threads.get(id)).toMatchObject({ status: 'paused', runControl: control })
    const { body } = await ask(`/conversations/${id}/messages/search`, { where: { role: 'ai' } })
    expect(body.items).toMatchObject([{ executionId: run, content: 'You said: wait', status: 'interrupted' }])
  })

  it('goes on as the same run, which is joined, and is not said twice', async () => {
    const { id, run, paused } = await pausedAnswer()
    const pauseId = paused?.body.pauseId

    const resumed = await ask(`/threads/${id}/runs/${run}/resume`, { pauseId })

    expect(resumed).toEqual({ status: 200, body: { executionId: run, state: 'running', pauseId } })
    const joined = await readAndPause(id, parley.client().runs.joinStream(id, run)) // it waits in its middle again
    const texts = joined.events.flatMap(({ data }) => (data?.type === 'text' ? [data.text] : []))
    expect(texts.join('')).toBe('You said: wait')
    expect(joined.paused?.body.pauseId).not.toBe(pauseId)
    const { body } = await ask(`/conversations/${id}/messages/search`, { where: { role: 'ai' } })
    expect(body.items).toMatchObject([{ content: 'You said: wait' }])
  })

  it('goes on from the pause that is named, and from no other', async () => {
    const { id, run, paused } = await pausedAnswer()

    expect(await ask(`/threads/${id}/runs/${run}/resume`, { pauseId: 'x' })).toMatchObject({ status: 409 })
    await ask(`/threads/${id}/runs/${run}/resume`, { pauseId: paused?.body.pauseId })
    expect(await ask(`/threads/${id}/runs/${run}/resume`, { pauseId: paused?.body.pauseId })).toMatchObject({
      status: 409,
    })
    expect(await ask(`/threads/${id}/runs/nothing/pause`)).toMatchObject({ status: 404 })
  })
})
