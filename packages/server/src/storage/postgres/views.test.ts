import { expect, it, onTestFinished } from 'vitest'
import type { Scope } from '../store.js'
import { postgresStore } from './postgres-store.js'
import { createTestDatabase } from './test-database.fixture.js'

const ada: Scope = { workspaceId: 'default', userId: 'ada', appId: 'demo' }

async function opened() {
  const database = await createTestDatabase()
  onTestFinished(() => database.drop())
  return database
}

it('A19: threads and messages can be read as the tables of the guide', async () => {
  const database = await opened()
  const store = await postgresStore(database)
  const status = { type: 'active' as const }
  await store.saveThread(
    { id: 'thr_1', title: 'First', created_at: '2026-11-21T10:00:00.000Z', status, metadata: { plan: 'pro' } },
    ada,
  )
  await store.saveThread(
    { id: 'thr_2', title: 'NUL \u0000', created_at: '2026-11-21T11:00:00.000Z', status, metadata: {} },
    ada,
  )
  const text = (id: string, second: number) => ({
    id,
    thread_id: 'thr_1',
    created_at: `2026-11-21T10:00:0${second}.000Z`,
  })
  await store.addThreadItem(
    'thr_1',
    {
      ...text('msg_1', 1),
      type: 'user_message',
      content: [{ type: 'input_text', text: 'Hello' }],
      attachments: [],
      inference_options: {},
    },
    ada,
  )
  await store.addThreadItem(
    'thr_1',
    {
      ...text('msg_2', 2),
      type: 'assistant_message',
      content: [
        { type: 'output_text', text: 'Good ', annotations: [] },
        { type: 'output_text', text: 'day', annotations: [] },
      ],
    },
    ada,
  )
  await store.addThreadItem(
    'thr_1',
    {
      ...text('tc_1', 3),
      type: 'client_tool_call',
      status: 'completed',
      call_id: 'c',
      name: 'theme',
      arguments: {},
      output: { ok: true },
    },
    ada,
  )
  await store.addThreadItem('thr_1', { ...text('hid_1', 4), type: 'hidden_context_item', content: 'secret' }, ada)

  const sessions = await database.query('select * from chat_sessions order by session_id')
  const messages = await database.query('select * from chat_messages order by timestamp')
  await store.close()

  expect(sessions[0]).toMatchObject({
    session_id: 'thr_1',
    user_id: 'ada',
    title: 'First',
    metadata: { plan: 'pro' },
    workspace_id: 'default',
  })
  expect(Number(sessions[0]?.updated_at) - Number(sessions[0]?.created_at)).toBe(4_000)
  expect(messages).toMatchObject([
    { message_id: 'msg_1', session_id: 'thr_1', user_id: 'ada', content: 'Hello', sender_type: 'user' },
    { message_id: 'msg_2', content: 'Good day', sender_type: 'assistant' },
    { message_id: 'tc_1', sender_type: 'tool', content: expect.stringContaining('true') },
  ])
})

it('A19: a table of somebody else with the name of a view stays as it is', async () => {
  const database = await opened()
  await database.query("create table chat_messages (theirs text); insert into chat_messages values ('kept')")

  const store = await postgresStore(database)
  await store.close()
  await (await postgresStore(database)).close()

  expect(await database.query('select * from chat_messages')).toEqual([{ theirs: 'kept' }])
  expect(await database.query('select count(*)::int as count from chat_sessions')).toEqual([{ count: 0 }])
})
