import { appFormSchema } from '@parley/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../../app/caller.js'
import { streamText } from '../../../chatkit-server/stream-text.js'
import type { Runnable } from '../../../runnable/runnable.js'
import { runEach } from '../../../steps/run-each.js'
import { runStep } from '../../../steps/run-step.js'
import { eventsIn, keyOf, testClickAi } from '../clickai.fixture.js'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const CHOICES = [{ value: 'Approve' }, { value: 'Reject' }]

/** Two nodes; where it is told to ask, a person decides between them. `wait` stays in the first one until it is stopped. */
const graph = (mode: 'workflow' | 'advanced-chat'): Runnable<Caller> => ({
  mode,
  inputs: appFormSchema.parse([{ type: 'paragraph', variable: 'input_text', required: mode === 'workflow' }]),
  async *run({ run, thread, trigger, signal, generateId }) {
    const heard = trigger.type === 'user_message' ? trigger.item.content.map(({ text }) => text).join('') : ''
    if (trigger.type === 'user_message') {
      yield { type: 'node.started', node_id: 'read', node_type: 'agent', title: 'Read', input: { heard } }
      if (heard === 'wait')
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
      if (heard === 'fail') throw new TypeError('secret words')
      yield { type: 'node.finished', node_id: 'read', status: 'completed', output: 'read' }
    }
    if (heard === 'ask') {
      const head = { id: generateId('task'), thread_id: thread.id, created_at: new Date().toISOString() }
      yield {
        type: 'thread.item.done',
        item: {
          ...head,
          type: 'structured_input',
          status: 'pending',
          inputs: [
            { id: 'go', type: 'multiple_choice', question: 'Go on?', options: CHOICES, multiple: false },
            { id: 'comment', type: 'freeform', question: 'Why?' },
          ],
        },
      }
      return
    }
    yield { type: 'node.started', node_id: 'write', node_type: 'agent', title: 'Write' }
    const decided =
      trigger.type === 'structured_input' && trigger.item.inputs.flatMap(({ answer }) => answer?.values ?? []).join(' ')
    yield* streamText(thread, decided ? `Decided: ${decided}` : `Done: ${heard}`)
    yield { type: 'node.finished', node_id: 'write', status: 'completed' }
    const usage = { requests: 1, input_tokens: 7, output_tokens: 3, total_tokens: 10 }
    yield { type: 'run.usage', run_id: run.id, usage }
  },
})

/** Goes through a list; in the middle of the second round a person is asked, if it is told to. */
const rounds: Runnable<Caller> = {
  mode: 'workflow',
  inputs: appFormSchema.parse([{ type: 'paragraph', variable: 'input_text', required: true }]),
  async *run({ thread, trigger, generateId }) {
    const heard = trigger.type === 'user_message' ? trigger.item.content.map(({ text }) => text).join('') : ''
    const each = runEach('Each', ['a', 'b'], (item) => runStep('Shout', () => item.toUpperCase()))
    for (let next = await each.next(); !next.done; next = await each.next()) {
      yield next.value
      if (heard !== 'ask' || next.value.type !== 'node.round_started' || next.value.round !== 1) continue
      const item = { id: generateId('task'), thread_id: thread.id, created_at: new Date().toISOString() }
      const inputs = [{ id: 'why', type: 'freeform' as const, question: 'Why?' }]
      yield { type: 'thread.item.done', item: { ...item, type: 'structured_input', status: 'pending', inputs } }
      return
    }
    yield* streamText(thread, 'Done.')
  },
}

function open() {
  const server = testClickAi({
    flow: graph('workflow'),
    rounds,
    talk: graph('advanced-chat'),
    other: graph('workflow'),
    chat: { run: ({ thread }) => streamText(thread, 'Hi') },
  })
  cleanUps.push(() => server.close())
  const stream = async (path: string, body?: unknown, key?: string) =>
    eventsIn(await (await server.send(body ? 'POST' : 'GET', path, body, key)).text())
  return { ...server, stream }
}

const run = (text: string, more: object = {}) => ({ inputs: { input_text: text }, user: 'ada', ...more })
const names = (events: { event: string }[]) => events.map(({ event }) => event)

describe('D3, D4: a run of a workflow', () => {
  it('answers at once, and as a stream of what its nodes do', async () => {
    const { json, stream } = open()

    const { status, data } = await json('POST', '/workflows/run', run('Q4'))
    expect(status).toBe(200)
    expect(data).toEqual({
      workflow_run_id: expect.any(String),
      task_id: data.workflow_run_id,
      data: {
        id: data.workflow_run_id,
        workflow_id: expect.any(String),
        status: 'succeeded',
        outputs: { result: 'Done: Q4' },
        error: null,
        elapsed_time: expect.any(Number),
        total_tokens: 10,
        total_steps: 2,
        created_at: expect.any(Number),
        finished_at: expect.any(Number),
      },
    })
    const events = await stream('/workflows/run', run('Q4', { response_mode: 'streaming' }))
    expect(names(events).filter((name) => name !== 'text_chunk')).toEqual([
      'workflow_started',
      'node_started',
      'node_finished',
      'node_started',
      'node_finished',
      'workflow_finished',
    ])
    expect(events.map(({ data: { text = '' } }) => text).join('')).toBe('Done: Q4')
    expect(events.at(-1).data.created_by).toEqual({ id: 'ada', user: 'ada' })
  })

  it('that fails is told by its status, without what nobody should read', async () => {
    const { json } = open()
    const { status, data } = await json('POST', '/workflows/run', run('fail'))

    expect(status).toBe(200)
    expect(data.data).toMatchObject({ status: 'failed', error: expect.not.stringContaining('secret') })
    expect((await json('GET', `/workflows/run/${data.workflow_run_id}`)).data).toMatchObject({ status: 'failed' })
  })

  it('is checked before it starts', async () => {
    const { json } = open()

    expect((await json('POST', '/workflows/run', { user: 'ada' })).data).toMatchObject({
      code: 'invalid_param',
      message: 'input_text is required in input form',
    })
    expect((await json('POST', '/workflows/run', { inputs: {} })).data.message).toBe('Arg user must be provided.')
    for (const key of [keyOf('chat'), keyOf('talk')])
      expect((await json('POST', '/workflows/run', run('a'), key)).data).toMatchObject({ code: 'not_workflow_app' })
    const { data } = await json('POST', '/workflows/run', run('a'))
    const version = (id: string) => json('POST', `/workflows/${id}/run`, run('b'))
    expect((await version(data.data.workflow_id)).data.data.outputs).toEqual({ result: 'Done: b' })
    expect((await version('draft')).data).toMatchObject({ code: 'bad_request', status: 400 })
    expect((await version(crypto.randomUUID())).data).toMatchObject({ code: 'not_found', status: 404 })
  })

  it('is stopped by any user of its app, and of no other', async () => {
    const { send, json } = open()
    const response = await send('POST', '/workflows/run', run('wait', { response_mode: 'streaming' }))
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (reader && !text.includes('node_started')) text += (await reader.read()).value ?? ''
    const [{ task_id }] = eventsIn(text)

    const stop = (key?: string) => json('POST', `/workflows/tasks/${task_id}/stop`, { user: 'ben' }, key)
    expect((await stop(keyOf('other'))).data).toEqual({ result: 'success' })
    expect((await json('GET', `/workflows/run/${task_id}`)).data).toMatchObject({
      status: 'running',
      finished_at: null,
    })
    expect((await stop()).data).toEqual({ result: 'success' })
    let rest = ''
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) rest += next.value
    expect(eventsIn(rest).at(-1)).toMatchObject({ event: 'workflow_finished', data: { status: 'stopped' } })
  })
})

describe('D4: a run of a graph, afterwards', () => {
  it('is read with what it was given and what came of it, in its app alone', async () => {
    const { json } = open()
    const { data } = await json('POST', '/workflows/run', run('Q4'))
    const path = `/workflows/run/${data.workflow_run_id}`

    expect((await json('GET', path)).data).toEqual({
      id: data.workflow_run_id,
      workflow_id: data.data.workflow_id,
      status: 'succeeded',
      inputs: '{"input_text":"Q4"}',
      outputs: { result: 'Done: Q4' },
      error: null,
      total_steps: 2,
      total_tokens: 10,
      created_at: expect.any(Number),
      finished_at: expect.any(Number),
      elapsed_time: expect.any(Number),
    })
    expect((await json('GET', path, undefined, keyOf('other'))).data).toMatchObject({ code: 'not_found', status: 404 })
    const said = await json('POST', '/chat-messages', { query: 'Hello', user: 'ada' }, keyOf('talk'))
    const detail = (await json('GET', `/workflows/run/${said.data.id}`, undefined, keyOf('talk'))).data
    expect(detail).toMatchObject({ outputs: { answer: 'Done: Hello' }, total_steps: 2 })
    expect(JSON.parse(detail.inputs)).toEqual({ input_text: null, 'sys.query': 'Hello' })
  })

  it('stands in the logs, by its status, user, time and words', async () => {
    const { json } = open()
    for (const text of ['one', 'two', 'fail']) await json('POST', '/workflows/run', run(text))
    await json('POST', '/workflows/run', run('four', { user: 'ben' }))
    const logs = async (query: string, key?: string) =>
      (await json('GET', `/workflows/logs${query}`, undefined, key)).data

    expect(await logs('?limit=3')).toMatchObject({
      page: 1,
      limit: 3,
      total: 4,
      has_more: true,
      data: [
        {
          workflow_run: { status: 'succeeded', total_steps: 2, total_tokens: 10, triggered_from: 'app-run' },
          created_from: 'service-api',
          created_by_role: 'end_user',
          created_by_end_user: { session_id: 'ben' },
        },
        { workflow_run: { status: 'failed' } },
        {},
      ],
    })
    expect(await logs('?limit=3&page=2')).toMatchObject({ has_more: false, data: [{}] })
    expect(await logs('?status=failed')).toMatchObject({ total: 1 })
    expect(await logs('?created_by_end_user_session_id=ada')).toMatchObject({ total: 3 })
    expect(await logs('?created_by_account=me')).toMatchObject({ total: 0 })
    expect(await logs('?keyword=TWO')).toMatchObject({ total: 1 })
    expect(await logs('?created_at__after=2020-01-01T00:00:00Z')).toMatchObject({ total: 4 })
    expect(await logs('?created_at__before=2020-01-01T00:00:00%2B07:00')).toMatchObject({ total: 0 })
    for (const since of ['2020-01-01', '2020-01-01T00:00:00', '2020-01-01T00:00:00.123456'])
      expect(await logs(`?created_at__after=${since}`)).toMatchObject({ total: 4 })
    expect(await logs('', keyOf('other'))).toMatchObject({ total: 0, data: [] })
    for (const bad of ['?status=odd', '?page=0', '?limit=101', '?created_at__before=yesterday'])
      expect(await logs(bad)).toMatchObject({ code: 'invalid_param', status: 400 })
  })

  it('ends the stream of whoever comes back late, and is nobody else’s', async () => {
    const { json, stream } = open()
    const { data } = await json('POST', '/workflows/run', run('Q4'))
    const path = `/workflow/${data.workflow_run_id}/events`

    expect(await stream(`${path}?user=ada&include_state_snapshot=true`)).toMatchObject([
      { event: 'workflow_finished', data: { status: 'succeeded', outputs: { result: 'Done: Q4' } } },
    ])
    expect((await json('GET', `${path}?user=ben`)).status).toBe(404)
    expect((await json('GET', path)).data.message).toBe('Arg user must be provided.')
  })

  it('goes on when its reader leaves, who comes back to it', async () => {
    const { send, json } = open()
    const response = await send('POST', '/workflows/run', run('wait', { response_mode: 'streaming' }))
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (reader && !text.includes('node_started')) text += (await reader.read()).value ?? ''
    await reader?.cancel()
    const [{ task_id }] = eventsIn(text)

    expect((await json('GET', `/workflows/run/${task_id}`)).data).toMatchObject({ status: 'running' })
    const follow = (query: string) => send('GET', `/workflow/${task_id}/events?user=ada${query}`)
    const [all, rest] = await Promise.all([follow('&include_state_snapshot=true'), follow('')])
    const reading = Promise.all([all.text(), rest.text()])
    const seen = (await follow('&include_state_snapshot=true')).body?.getReader()
    await seen?.read()
    await json('POST', `/workflows/tasks/${task_id}/stop`, { user: 'ada' })
    const [withPast, without] = (await reading).map(eventsIn)
    expect(names(withPast ?? [])).toEqual(['workflow_started', 'node_started', 'workflow_finished'])
    expect(names(without ?? [])).toEqual(['workflow_finished'])
  })
})

describe('D4: a graph that works in rounds', () => {
  const ROUND = ['iteration_next', 'node_started', 'node_finished']

  it('tells of each round and of its nodes, and is read afterwards with all its steps', async () => {
    const { json, stream } = open()
    const events = await stream('/workflows/run', run('go', { response_mode: 'streaming' }), keyOf('rounds'))

    expect(names(events).filter((name) => name !== 'text_chunk')).toEqual([
      'workflow_started',
      'iteration_started',
      ...ROUND,
      ...ROUND,
      'iteration_completed',
      'workflow_finished',
    ])
    expect(events.at(-1).data).toMatchObject({ total_steps: 3, status: 'succeeded' })
    const path = `/workflows/run/${events[0].workflow_run_id}`
    expect((await json('GET', path, undefined, keyOf('rounds'))).data).toMatchObject({ total_steps: 3 })
  })

  it('tells the same to who comes back while it waits, as far as it came', async () => {
    const { stream } = open()
    const told = await stream('/workflows/run', run('ask', { response_mode: 'streaming' }), keyOf('rounds'))
    const path = `/workflow/${told[0].workflow_run_id}/events?user=ada&include_state_snapshot=true`
    const again = await stream(path, undefined, keyOf('rounds'))

    expect(names(told)).toEqual([
      'workflow_started',
      'iteration_started',
      ...ROUND,
      'iteration_next',
      'human_input_required',
      'workflow_paused',
    ])
    expect(names(again)).toEqual(names(told))
    expect(again[1].data).toEqual(told[1].data)
    expect(again[4].data).toMatchObject({ iteration_id: 'Each', execution_metadata: { iteration_index: 0 } })
  })
})

describe('D4: a graph that asks a person', () => {
  it('pauses, is answered by its form, and goes on where it was', async () => {
    const { json, stream } = open()
    const events = await stream('/workflows/run', run('ask', { response_mode: 'streaming' }))
    expect(names(events).slice(-2)).toEqual(['human_input_required', 'workflow_paused'])
    const { form_token: token, actions } = events.at(-2).data
    expect(actions.map(({ id }: { id: string }) => id)).toEqual(['Approve', 'Reject'])
    const runId = events.at(-1).workflow_run_id
    const path = `/form/human_input/${token}`

    expect(events.at(-1).data.outputs).toEqual({})
    expect((await json('GET', `/workflows/run/${runId}`)).data).toMatchObject({ status: 'paused', finished_at: null })
    const waiting = await stream(`/workflow/${runId}/events?user=ada`)
    expect(names(waiting)).toEqual(['human_input_required', 'workflow_paused'])
    expect(waiting[0].data.form_token).toBe(token)
    const snapshot = await stream(`/workflow/${runId}/events?user=ada&include_state_snapshot=true`)
    expect(names(snapshot)).toEqual([
      'workflow_started',
      'node_started',
      'node_finished',
      'human_input_required',
      'workflow_paused',
    ])
    expect((await json('GET', path)).data).toMatchObject({
      inputs: [{ type: 'paragraph', output_variable_name: 'comment' }],
      user_actions: [{ id: 'Approve' }, { id: 'Reject' }],
    })
    const answer = (body: object, key?: string) => json('POST', path, { user: 'ada', action: 'Approve', ...body }, key)
    expect((await answer({ action: 'Perhaps' })).data).toMatchObject({ code: 'invalid_form_data', status: 400 })
    expect((await answer({ inputs: { comment: 5 } })).data).toMatchObject({ code: 'invalid_form_data' })
    expect((await answer({ user: 'ben' })).status).toBe(404)
    expect((await answer({}, keyOf('other'))).status).toBe(404)
    expect((await json('GET', '/form/human_input/nothing')).status).toBe(404)

    const following = stream(`/workflow/${runId}/events?user=ada&continue_on_pause=true`)
    expect(await answer({ inputs: { comment: 'fine' } })).toMatchObject({ status: 200, data: {} })
    const followed = await following
    expect(followed.at(-1)).toMatchObject({
      event: 'workflow_finished',
      data: { status: 'succeeded', outputs: { result: 'Decided: Approve fine' }, total_steps: 2 },
    })
    expect((await answer({})).data).toMatchObject({ code: 'human_input_form_submitted', status: 412 })
    expect((await json('GET', path)).status).toBe(412)
    expect((await json('GET', `/workflows/run/${runId}`)).data).toMatchObject({
      status: 'succeeded',
      total_steps: 2,
      inputs: '{"input_text":"ask"}',
      outputs: { result: 'Decided: Approve fine' },
    })
  })

  it('is told of in a conversation as well, blocking and streaming', async () => {
    const { json, stream } = open()
    const ask = { query: 'ask', user: 'ada' }
    const { status, data } = await json('POST', '/chat-messages', ask, keyOf('talk'))

    expect(status).toBe(200)
    expect(data).toMatchObject({
      event: 'workflow_paused',
      answer: '',
      data: { reasons: [{ form_id: expect.any(String) }] },
    })
    const events = await stream('/chat-messages', { ...ask, response_mode: 'streaming' }, keyOf('talk'))
    expect(events.at(-1)).toMatchObject({
      event: 'workflow_paused',
      conversation_id: expect.any(String),
      message_id: expect.any(String),
    })
    const [{ form_token }] = data.data.reasons
    const answered = await json(
      'POST',
      `/form/human_input/${form_token}`,
      { action: 'Reject', user: 'ada' },
      keyOf('talk'),
    )
    expect(answered.status).toBe(200)
    const follow = `/workflow/${data.workflow_run_id}/events?user=ada&continue_on_pause=true`
    expect((await stream(follow, undefined, keyOf('talk'))).at(-1)).toMatchObject({
      event: 'workflow_finished',
      data: { outputs: { answer: 'Decided: Reject' } },
    })
  })

  it('asks nothing any more once it was stopped', async () => {
    const { json } = open()
    const { data } = await json('POST', '/workflows/run', run('ask'))
    const path = `/form/human_input/${data.data.reasons[0].form_token}`
    await json('POST', `/workflows/tasks/${data.task_id}/stop`, { user: 'ada' })

    for (const answer of [await json('GET', path), await json('POST', path, { action: 'Approve', user: 'ada' })])
      expect(answer).toMatchObject({ status: 412, data: { code: 'human_input_form_expired', status: 412 } })
    expect((await json('GET', `/workflows/run/${data.task_id}`)).data).toMatchObject({ status: 'stopped' })
  })
})
