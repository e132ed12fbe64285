import { afterEach, describe, expect, it } from 'vitest'
import { all, echo, langGraphParley } from './testing.fixture.js'

let parley: ReturnType<typeof langGraphParley>
afterEach(() => parley.close())

describe.each(['/api/ai', '/api/ai/', ''])('C1: @langchain/langgraph-sdk at "%s"', (base) => {
  it('finds the assistant, makes a thread and streams values', async () => {
    parley = langGraphParley({ app: echo })
    const client = parley.client({ base })

    const [assistant] = await client.assistants.search()
    const { thread_id } = await client.threads.create({ metadata: { colour: 'blue' } })
    const chunks = await all(
      client.runs.stream(thread_id, assistant?.assistant_id ?? '', {
        input: { messages: [{ role: 'user', content: 'hello' }] },
      }),
    )

    expect(assistant?.assistant_id).toBe('demo')
    expect(chunks.map(({ event }) => event)).toEqual(['metadata', 'values', 'values'])
    expect(chunks.at(-1)?.data).toMatchObject({
      messages: [
        { type: 'human', content: 'hello' },
        { type: 'ai', content: 'You said: hello' },
      ],
    })
    expect(await client.threads.getState(thread_id)).toMatchObject({ values: chunks.at(-1)?.data, next: [] })
    expect(await client.threads.get(thread_id)).toMatchObject({ status: 'idle', metadata: { colour: 'blue' } })
  })
})
