import { describe, expect, it, onTestFinished } from 'vitest'
import { echo, testClickAi } from '../clickai.fixture.js'

/** What is read of a thread in the chat. */
interface Thread {
  items: { data: { id: string; type: string }[] }
}

async function start() {
  const server = testClickAi({ chat: echo() })
  onTestFinished(() => server.close())
  const asked = (await server.json('POST', '/chat-messages', { query: 'Hi', user: 'ada' })).data
  const { id, conversation_id: threadId } = asked as { id: string; conversation_id: string }
  const inChat = async (type: string, params: object) =>
    server.fetch('/api/chatkit', { type, params: { thread_id: threadId, ...params } }, { as: 'ada' })
  const { items } = (await (await inChat('threads.get_by_id', {})).json()) as Thread
  const answer = items.data.find(({ type }) => type === 'assistant_message')
  return {
    id,
    giveInChat: (kind: string) => inChat('items.feedback', { item_ids: [answer?.id], kind }),
    give: (rating: string | null) => server.json('POST', `/messages/${id}/feedbacks`, { rating, user: 'ada' }),
    told: async () =>
      (await server.json('GET', `/messages?user=ada&conversation_id=${threadId}`)).data.data[0].feedback,
    listed: async () =>
      ((await server.json('GET', '/app/feedbacks')).data.data as { message_id: string; rating: string }[]).map(
        ({ message_id, rating }) => [message_id, rating],
      ),
  }
}

describe('D6: what somebody thought in the chat', () => {
  it('is about the same message here', async () => {
    const { giveInChat, listed, told, id } = await start()

    await giveInChat('positive')

    expect(await told()).toEqual({ rating: 'like' })
    expect(await listed()).toEqual([[id, 'like']])
  })

  it('is overwritten here, and taken back', async () => {
    const { giveInChat, give, listed, told, id } = await start()
    await giveInChat('positive')

    expect((await give('dislike')).status).toBe(200)

    expect(await told()).toEqual({ rating: 'dislike' })
    expect(await listed()).toEqual([[id, 'dislike']])
    await giveInChat('positive')
    expect(await told()).toEqual({ rating: 'like' })
    expect((await give(null)).status).toBe(200)
    expect([await told(), await listed()]).toEqual([null, []])
    expect(await give(null)).toMatchObject({ status: 400, data: { code: 'invalid_param', params: 'rating' } })
  })
})
