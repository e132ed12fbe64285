import { describe, expect, it, onTestFinished } from 'vitest'
import type { Caller } from '../../../app/caller.js'
import { streamText } from '../../../chatkit-server/stream-text.js'
import type { Runnable } from '../../../runnable/runnable.js'
import { eventsIn, testClickAi } from '../clickai.fixture.js'

/** Draws by a tool, then says what it drew. */
const painter: Runnable<Caller> = {
  mode: 'agent-chat',
  async *run({ thread, generateId }) {
    const call = { call_id: 'call_1', name: 'draw' }
    yield { type: 'tool.started', ...call, arguments: { what: 'a boat' } }
    const item = { id: generateId('message'), thread_id: thread.id, created_at: new Date().toISOString() }
    const image = { id: 'boat', url: 'https://pictures.example/boat.png' }
    yield { type: 'thread.item.done', item: { ...item, type: 'generated_image', image } }
    yield { type: 'tool.finished', ...call, output: 'drawn' }
    yield* streamText(thread, 'A boat.')
  },
}

describe('D4: a picture that an agent makes', () => {
  it('is named by the thought that made it, in the stream and in the history', async () => {
    const { send, json, close } = testClickAi({ painter })
    onTestFinished(close)
    const asked = { query: 'A boat?', user: 'ada', response_mode: 'streaming' }

    const events = eventsIn(await (await send('POST', '/chat-messages', asked)).text())

    const thoughts = events.filter(({ event }) => event === 'agent_thought')
    expect(thoughts.map(({ position, message_files }) => [position, message_files])).toEqual([
      [1, []],
      [1, []],
      [1, ['boat']],
      [1, ['boat']],
      [2, []],
      [2, []],
    ])
    expect(events.find(({ event }) => event === 'message_file')).toMatchObject({ id: 'boat', belongs_to: 'assistant' })
    const path = `/messages?user=ada&conversation_id=${events[0].conversation_id}`
    const [message] = (await json('GET', path)).data.data
    expect(message.agent_thoughts).toMatchObject([
      { position: 1, tool: 'draw', files: ['boat'], message_files: ['boat'] },
      { position: 2, thought: 'A boat.', files: [] },
    ])
  })
})
