import { expect, it, onTestFinished } from 'vitest'
import type { Caller } from '../../../app/caller.js'
import { streamText } from '../../../chatkit-server/stream-text.js'
import type { Runnable } from '../../../runnable/runnable.js'
import { eventsIn, testClickAi } from '../clickai.fixture.js'

const OPTIONS = ['Approve', 'Reject'].map((value) => ({ value, label: value }))
const ASKED = 'Send the letter?\n\n- Approve\n- Reject'

/** Asks before it does anything. */
const careful: Runnable<Caller> = {
  mode: 'chat',
  async *run({ thread, trigger, generateId }) {
    if (trigger.type === 'structured_input') return yield* streamText(thread, 'It is sent.')
    const head = { id: generateId('task'), thread_id: thread.id, created_at: new Date().toISOString() }
    const input = { id: 'go', type: 'multiple_choice' as const, question: 'Send the letter?', multiple: false }
    yield {
      type: 'thread.item.done',
      item: { ...head, type: 'structured_input', status: 'pending', inputs: [{ ...input, options: OPTIONS }] },
    }
  },
}

function open() {
  const server = testClickAi({ careful })
  onTestFinished(server.close)
  return server
}

it('D4: what a chat asks is said in its answer, and answered by its form', async () => {
  const { send, json } = open()
  const asked = { query: 'Send it.', user: 'ada', response_mode: 'streaming' }

  const events = eventsIn(await (await send('POST', '/chat-messages', asked)).text())

  expect(events.map(({ event }) => event)).toEqual(['message', 'human_input_required', 'message_end'])
  expect(events[0].answer).toBe(ASKED)
  const { form_token: token, actions } = events[1].data
  expect(actions).toMatchObject([{ id: 'Approve' }, { id: 'Reject' }])
  const answerNow = async () => {
    const path = `/messages?user=ada&conversation_id=${events[0].conversation_id}`
    return (await json('GET', path)).data.data[0].answer
  }
  expect(await answerNow()).toBe(ASKED)
  const decided = await json('POST', `/form/human_input/${token}`, { action: 'Approve', user: 'ada' })
  expect(decided).toMatchObject({ status: 200, data: {} })
  await expect.poll(answerNow).toBe(`${ASKED}\n\nIt is sent.`)
})

it('D3: whoever waits for the whole answer reads the question too', async () => {
  const { json } = open()

  const { data } = await json('POST', '/chat-messages', { query: 'Send it.', user: 'ada' })

  expect(data).toMatchObject({ event: 'message', answer: ASKED })
})
