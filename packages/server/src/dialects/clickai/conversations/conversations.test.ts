import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appFormSchema } from '@parley/protocol'
import { describe, expect, it, onTestFinished } from 'vitest'
import { streamText } from '../../../chatkit-server/stream-text.js'
import { memoryRateLimiter } from '../../../http/rate-limits/memory-rate-limiter.js'
import { echo, inFolder, keyOf, testClickAi } from '../clickai.fixture.js'

const ask = { query: 'Hi', user: 'ada' }

describe('D7: what a request counts', () => {
  it('is one, whatever it does to a conversation', async () => {
    const inputs = appFormSchema.parse([{ type: 'paragraph', variable: 'city' }])
    const rateLimits = { limiter: memoryRateLimiter(), limits: { workspacePerMinute: 100 } }
    const server = testClickAi({ chat: echo({ inputs }) }, { rateLimits })
    onTestFinished(() => server.close())
    const left = async (method: string, path: string, body?: object) => {
      const answer = await server.json(method, path, body)
      expect(answer.status).toBeLessThan(300)
      return { left: Number(answer.headers.get('x-ratelimit-remaining')), data: answer.data }
    }
    const asked = await left('POST', '/chat-messages', ask)
    const path = `/conversations/${asked.data.conversation_id}`
    const { left: before, data } = await left('GET', `${path}/variables?user=ada`)

    expect((await left('PUT', `${path}/variables/${data.data[0].id}`, { value: 'Hue', user: 'ada' })).left).toBe(
      before - 1,
    )
    expect((await left('POST', `${path}/name`, { name: 'Mine', user: 'ada' })).left).toBe(before - 2)
    expect((await left('DELETE', path, { user: 'ada' })).left).toBe(before - 3)
  })
})

describe('D7: whoever has no key', () => {
  it.each([
    ['GET', '/v1/conversations?limit=0'],
    ['GET', '/v1/conversations/any/variables?limit=0'],
    ['POST', '/v1/conversations/any/name'],
    ['DELETE', '/v1/conversations/any'],
    ['PUT', '/v1/conversations/any/variables/any'],
    ['GET', '/v1/messages'],
    ['GET', '/v1/app/feedbacks?limit=0'],
    ['GET', '/v1/files/any/preview?as_attachment=maybe'],
  ])('learns nothing else of what is wrong: %s %s', async (method, path) => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-clickai-'))
    const server = testClickAi({ chat: echo() }, { uploads: inFolder(folder) })
    onTestFinished(async () => {
      await server.close()
      rmSync(folder, { recursive: true })
    })

    const body = method === 'GET' ? undefined : 'no JSON'
    const response = await server.fetch(path, body, { method, as: null })

    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ code: 'unauthorized' })
  })
})

describe('D5: a variable that is a file', () => {
  it('is named as in a message, and is one of the same user', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-clickai-'))
    const inputs = appFormSchema.parse([{ type: 'file', variable: 'map' }])
    const server = testClickAi({ chat: echo({ inputs }) }, { uploads: inFolder(folder) })
    onTestFinished(async () => {
      await server.close()
      rmSync(folder, { recursive: true })
    })
    const upload = async (user: string) => {
      const form = new FormData()
      form.append('file', new Blob(['hello'], { type: 'text/plain' }), 'a.txt')
      form.append('user', user)
      return (await server.json('POST', '/files/upload', form)).data.id as string
    }
    const { data } = await server.json('POST', '/chat-messages', ask, keyOf('chat'))
    const path = `/conversations/${data.conversation_id}/variables`
    const [variable] = (await server.json('GET', `${path}?user=ada`)).data.data
    const put = (value: unknown) => server.json('PUT', `${path}/${variable.id}`, { value, user: 'ada' })
    const [mine, theirs] = [await upload('ada'), await upload('ben')]
    const named = (id: string) => ({ type: 'document', transfer_method: 'local_file', upload_file_id: id })

    expect(await put(named(mine))).toMatchObject({ status: 200, data: { value: { id: mine, name: 'a.txt' } } })
    expect(await put(named(theirs))).toMatchObject({ status: 400, data: { code: 'invalid_param' } })
    expect(await put({ id: theirs, name: 'a.txt' })).toMatchObject({ status: 400, data: { params: 'value' } })
    expect((await server.json('GET', `${path}?user=ada`)).data.data).toMatchObject([{ value: { id: mine } }])
  })
})

describe('D5: a conversation', () => {
  const start = (app: Parameters<typeof testClickAi>[0][string]) => {
    const server = testClickAi({ chat: app })
    onTestFinished(() => server.close())
    return server
  }

  it('has the name it began with, until its user gives it another', async () => {
    const { json } = start({
      async *run({ thread, titling }) {
        if (titling) thread.title = 'Named by the app'
        yield* streamText(thread, 'Hello')
      },
    })
    const { conversation_id } = (await json('POST', '/chat-messages', { ...ask, auto_generate_name: false })).data
    await json('POST', '/chat-messages', { ...ask, query: 'And now?', conversation_id })
    const named = (await json('POST', '/chat-messages', ask)).data.conversation_id

    const { data } = (await json('GET', '/conversations?user=ada')).data

    expect(data).toMatchObject([
      { id: named, name: 'Hi' },
      { id: conversation_id, name: 'New conversation' },
    ])
  })

  it('that its app has closed takes nothing more, and is still read', async () => {
    const { json } = start({
      async *run({ thread }) {
        thread.status = { type: 'closed', reason: 'Solved' }
        yield* streamText(thread, 'Goodbye')
      },
    })
    const { conversation_id } = (await json('POST', '/chat-messages', ask)).data

    expect((await json('POST', '/chat-messages', { ...ask, conversation_id })).data).toEqual({
      code: 'conversation_completed',
      message: 'The conversation has ended. Please start a new conversation.',
      status: 400,
    })
    expect((await json('GET', `/messages?user=ada&conversation_id=${conversation_id}`)).data.data).toHaveLength(1)
  })
})
