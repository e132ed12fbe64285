import type { ThreadListParams } from 'openai/resources/beta/chatkit/threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLIENTS, type HostedServer, KEYS, message, readStream, startHostedServer } from './hosted-server.js'

let server: HostedServer
/** Three threads of Ada's, one of Ben's, oldest first. */
let threadIds: string[]

beforeAll(async () => {
  server = await startHostedServer()
  threadIds = [
    await talk('ada', 'one'),
    await talk('ada', 'two'),
    await talk('ada', 'three'),
    await talk('ben', 'four'),
  ]
})
afterAll(() => server?.close())

async function talk(user: string, text: string): Promise<string> {
  const { client_secret } = await server
    .clientOf(CLIENTS[0][1])
    .beta.chatkit.sessions.create({ user, workflow: { id: 'demo' } })
  const [created] = await readStream(await server.converse(client_secret, message(text)))
  return created.thread.id
}

describe.each(CLIENTS)('B3: beta.chatkit.threads of %s', (_, Client) => {
  const threads = (key?: string) => server.clientOf(Client, key).beta.chatkit.threads

  it('retrieves a thread with its owner', async () => {
    const thread = await threads().retrieve(threadIds[0] ?? '')

    expect(thread).toEqual({
      id: threadIds[0],
      object: 'chatkit.thread',
      created_at: Math.floor(server.clock.now().getTime() / 1000),
      title: 'About one',
      status: { type: 'active' },
      user: 'ada',
    })
  })

  it('lists the threads of everybody, newest first, over as many pages as it takes', async () => {
    const seen: string[] = []
    for await (const { id } of await threads().list({ limit: 3 })) seen.push(id)

    expect(seen).toEqual(threadIds.toReversed())
  })

  it('lists those of one user, oldest first, and those before one of them', async () => {
    const list = async (query: ThreadListParams) => {
      const page = await threads().list(query)
      return { ids: page.data.map(({ id }) => id), has_more: page.has_more, last_id: page.last_id }
    }
    const [one, two, three] = threadIds

    expect(await list({ user: 'ada', order: 'asc', limit: 2 })).toEqual({
      ids: [one, two],
      has_more: true,
      last_id: two,
    })
    expect(await list({ order: 'asc', before: three, limit: 1 })).toEqual({ ids: [two], has_more: true, last_id: two })
    expect(await list({ order: 'asc', before: three })).toEqual({ ids: [one, two], has_more: false, last_id: two })
    expect(await list({ user: 'nobody' })).toEqual({ ids: [], has_more: false, last_id: '' })
    expect(await list({ limit: 0 })).toEqual({ ids: [], has_more: true, last_id: '' })
  })

  it('lists the items of a thread in their REST form', async () => {
    const page = await threads().listItems(threadIds[1] ?? '', { order: 'asc' })

    const head = {
      id: expect.stringMatching(/^cti_[0-9a-f]{48}$/),
      object: 'chatkit.thread_item',
      thread_id: threadIds[1],
      created_at: expect.any(Number),
    }
    expect(page.data).toEqual([
      {
        ...head,
        type: 'chatkit.user_message',
        content: [{ type: 'input_text', text: 'two' }],
        attachments: [],
        inference_options: null,
      },
      {
        ...head,
        type: 'chatkit.assistant_message',
        content: [{ type: 'output_text', text: 'You said: two', annotations: [] }],
      },
    ])
    const newest = await threads().listItems(threadIds[1] ?? '', { limit: 1 })
    expect(newest.data.map(({ type }) => type)).toEqual(['chatkit.assistant_message'])
    expect(newest.hasNextPage()).toBe(true)
  })

  it('deletes a thread for good', async () => {
    const id = await talk('cleo', 'away')

    const deleted = await threads().delete(id)

    expect(deleted).toEqual({ id, object: 'chatkit.thread.deleted', deleted: true })
    for (const call of ['retrieve', 'delete', 'listItems'] as const)
      await expect(threads()[call](id)).rejects.toMatchObject({
        status: 404,
        type: 'invalid_request_error',
        code: null,
      })
  })

  it('shows the threads of another workspace to nobody, as if they did not exist', async () => {
    const theirs = threads(KEYS.bank)
    const [id = ''] = threadIds
    const refusal = (call: Promise<unknown>) =>
      call.then(
        () => expect.unreachable('it was answered'),
        ({ status, error }) => ({ status, error }),
      )

    expect((await theirs.list()).data).toEqual([])
    expect(await refusal(theirs.retrieve(id))).toEqual(await refusal(theirs.retrieve('cthr_missing')))
    expect(await refusal(theirs.listItems(id))).toEqual(await refusal(theirs.listItems('cthr_missing')))
    expect(await refusal(theirs.delete(id))).toEqual(await refusal(theirs.delete('cthr_missing')))
    expect(await refusal(theirs.list({ after: id }))).toEqual(await refusal(theirs.list({ after: 'cthr_missing' })))
  })

  it('refuses a key without the scope, and wrong numbers', async () => {
    await expect(threads(KEYS.door).list()).rejects.toMatchObject({ status: 403, code: 'insufficient_permissions' })
    await expect(threads().list({ limit: 101 })).rejects.toMatchObject({ status: 400, param: 'limit' })
    await expect(threads().listItems(threadIds[0] ?? '', { after: 'cti_missing' })).rejects.toMatchObject({
      status: 400,
    })
  })

  it('tries again what was refused for a limit, exactly as often as it says', async () => {
    let attempts = 0
    const client = new Client({
      apiKey: KEYS.shop,
      baseURL: `${server.url}/v1`,
      fetch: async (url, init) => {
        attempts += 1
        if (attempts <= 2) return Response.json({ error: {} }, { status: 429, headers: { 'retry-after-ms': '1' } })
        return fetch(url, init)
      },
    })

    expect((await client.beta.chatkit.threads.list({ limit: 1 })).data).toHaveLength(1)
    expect(attempts).toBe(3)
  })
})
