import type { RunEvent, ThreadItem } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import {
  allowCancel,
  answerItem,
  answerOpens,
  delta,
  done,
  runEnded,
  runStarted,
  threadOf,
  userItem,
} from '../testing/builders.js'
import { createScriptedTransport, type Script, streamOf } from '../testing/scripted-transport.js'
import type { Environment } from './environment.js'
import type { ChatOptions } from './options.js'
import { createChatSession, type SessionHost } from './session.js'

/** Nothing to wait for: frames come at once, pauses end at once, ids count. */
function testEnvironment(): Environment {
  let id = 0
  return {
    now: () => new Date('2026-11-20T10:00:00Z'),
    randomId: () => `id${++id}`,
    scheduleFrame: (flush) => flush(),
    wait: () => Promise.resolve(),
    watchOnline: () => () => undefined,
  }
}

function setUp(
  script: Script,
  options: ChatOptions = {},
  host: Partial<SessionHost> = {},
  environment = testEnvironment(),
) {
  const transport = createScriptedTransport({
    'threads.list': () => Response.json({ data: [], has_more: false }),
    ...script,
  })
  const events: [string, unknown?][] = []
  const session = createChatSession({
    transport,
    environment,
    options,
    host: {
      emit: (name, detail) => events.push(detail === undefined ? [name] : [name, detail]),
      callFunction: async () => undefined,
      ...host,
    },
  })
  const types = () => transport.requests.map(({ type }) => type)
  const texts = () =>
    session.getState().itemIds.map((itemId) => {
      const item = session.getState().items.get(itemId)
      return item && 'content' in item && Array.isArray(item.content)
        ? item.content.map((part: { text?: string }) => part.text).join('')
        : item?.type
    })
  return { session, transport, events, types, texts }
}

/** A promise to be settled by the test, for a server that stays silent. */
const silence = () => new Promise<never>(() => undefined)

const conversation = (text = 'Hi', answer = 'Hello'): RunEvent[] => [
  { type: 'thread.created', thread: threadOf('thr_1') },
  done(userItem('u1', text)),
  allowCancel,
  ...answerOpens('a1'),
  delta('a1', answer),
  done(answerItem('a1', answer)),
]

describe('sending', () => {
  it('starts a thread with the first message and goes on in it with the next', async () => {
    const { session, transport, types, texts } = setUp({
      'threads.create': () => streamOf(conversation()),
      'threads.add_user_message': () => streamOf([done(userItem('u2', 'More')), done(answerItem('a2', 'Sure'))]),
    })

    await session.sendUserMessage({ text: 'Hi' })
    await session.sendUserMessage({ text: 'More', reply: 'Hello', toolChoice: { id: 'docs' }, model: 'fast' })

    expect(types()).toEqual(['threads.create', 'threads.add_user_message'])
    expect(texts()).toEqual(['Hi', 'Hello', 'More', 'Sure'])
    expect(transport.requests[1]?.params).toEqual({
      thread_id: 'thr_1',
      input: {
        content: [{ type: 'input_text', text: 'More' }],
        attachments: [],
        quoted_text: 'Hello',
        inference_options: { tool_choice: { id: 'docs' }, model: 'fast' },
      },
    })
    expect(transport.requests[0]?.headers).toMatchObject({
      'parley-client': 'frame/1',
      'idempotency-key': expect.any(String),
    })
  })

  it('shows what became of a question that was answered in another window', async () => {
    const form: ThreadItem = {
      ...{ id: 'f1', thread_id: 'thr_1', created_at: '2026-11-20T10:00:00Z' },
      ...{ type: 'structured_input', status: 'pending', inputs: [] },
    }
    const thread = (items: ThreadItem[], status: string) =>
      Response.json({ ...threadOf('thr_1', { items: { data: items, has_more: false } }), run: { id: 'run_1', status } })
    const threads = [thread([form], 'waiting'), thread([{ ...form, status: 'answered' }], 'running')]
    const { session, texts } = setUp({
      'threads.get_by_id': () => threads.shift() ?? Response.error(),
      'threads.add_structured_input': () =>
        Response.json({ error: { code: 'item_not_pending', message: 'No.' } }, { status: 409 }),
      'runs.resume': () => streamOf([done(answerItem('a1', 'Shipped.')), runEnded], 1),
    })
    await session.setThreadId('thr_1')

    await session.answerInput('f1', { status: 'answered', answers: {} })

    await expect.poll(texts).toEqual(['structured_input', 'Shipped.'])
    expect(session.getState().problem).toBeNull()
  })

  it('shows the message at once, before the server has said anything', async () => {
    const { session, texts } = setUp({ 'threads.create': silence })

    session.sendUserMessage({ text: 'Hi' })

    expect(texts()).toEqual(['Hi'])
    expect(session.getState().run.phase).toBe('starting')
  })

  it('tells the page what happens, in order', async () => {
    const { session, events } = setUp({
      'threads.create': () =>
        streamOf([...conversation(), { type: 'client_effect', name: 'confetti', data: { n: 1 } }]),
    })

    await session.sendUserMessage({ text: 'Hi' })

    expect(events).toEqual([
      ['chatkit.response.start'],
      ['chatkit.thread.change', { threadId: 'thr_1' }],
      ['chatkit.effect', { name: 'confetti', data: { n: 1 } }],
      ['chatkit.response.end'],
    ])
  })

  it('refuses a second message while an answer is being written', async () => {
    const { session } = setUp({ 'threads.create': silence })
    session.sendUserMessage({ text: 'Hi' })

    await expect(session.sendUserMessage({ text: 'Again' })).rejects.toMatchObject({ code: 'busy' })
  })

  it('sends a lost start again under the same key', async () => {
    let calls = 0
    const { session, transport, texts } = setUp({
      'threads.create': () => {
        calls += 1
        if (calls === 1) throw new TypeError('fetch failed')
        return streamOf(conversation())
      },
    })

    await session.sendUserMessage({ text: 'Hi' })
    expect(session.getState().problem).toEqual({ code: 'network', retry: true })
    expect(texts()).toEqual(['Hi'])
    await session.retry()

    const keys = transport.requests.map(({ headers }) => headers['idempotency-key'])
    expect(keys[0]).toBe(keys[1])
    expect(texts()).toEqual(['Hi', 'Hello'])
    expect(session.getState().problem).toBeNull()
  })
})

describe('text being written', () => {
  it('reaches its readers without the state being replaced per token', async () => {
    const release: (() => void)[] = []
    async function* slow(): AsyncGenerator<RunEvent> {
      yield* conversation().slice(0, 3)
      yield* answerOpens('a1')
      yield delta('a1', 'Hel')
      yield delta('a1', 'lo')
      await new Promise<void>((resolve) => release.push(resolve))
      yield done(answerItem('a1', 'Hello'))
    }
    const { session } = setUp({ 'threads.create': () => streamOf(slow()) })
    const seen: string[] = []
    let states = 0

    const sent = session.sendUserMessage({ text: 'Hi' })
    session.live.subscribe('a1', () => {
      if (seen.length === 0) session.subscribe(() => states++)
      seen.push(session.live.pending('a1', 0))
    })
    await expect.poll(() => release.length).toBe(1)

    expect(seen).toEqual(['Hel', 'Hello'])
    expect(states).toBe(0)
    release[0]?.()
    await sent
    expect(session.live.pending('a1', 0)).toBe('')
  })

  it('stays when a plain ChatKit server is stopped, which only aborting can do', async () => {
    let aborted = false
    const { session, texts, types } = setUp({
      'threads.create': (_request, signal) => {
        async function* endless(): AsyncGenerator<RunEvent> {
          yield* conversation().slice(0, 3)
          yield* answerOpens('a1')
          yield delta('a1', 'Half an ans')
          await new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => {
              aborted = true
              reject(new DOMException('Aborted', 'AbortError'))
            })
          })
        }
        return streamOf(endless())
      },
    })
    const sent = session.sendUserMessage({ text: 'Hi' })
    await expect.poll(() => session.live.pending('a1', 0)).toBe('Half an ans')

    await session.stop()
    await sent

    expect(aborted).toBe(true)
    expect(types()).not.toContain('runs.cancel')
    expect(texts()).toEqual(['Hi', 'Half an ans'])
    expect(session.getState().problem).toBeNull()
    expect(session.getState().run.phase).toBe('idle')
  })
})

describe('a run on Parley', () => {
  const parley = (events: RunEvent[]) => [runStarted(), ...events, runEnded]

  it('is picked up behind the last event seen when the line breaks', async () => {
    async function* broken(): AsyncGenerator<RunEvent> {
      yield runStarted()
      yield* conversation().slice(0, 3)
      yield* answerOpens('a1')
      yield delta('a1', 'Hel')
      throw new TypeError('connection lost')
    }
    const { session, transport, texts, types } = setUp({
      'threads.create': () => streamOf(broken(), 1),
      'runs.resume': () => streamOf([delta('a1', 'lo'), done(answerItem('a1', 'Hello')), runEnded], 8),
    })

    await session.sendUserMessage({ text: 'Hi' })

    expect(types()).toEqual(['threads.create', 'runs.resume'])
    expect(transport.requests[1]?.params).toEqual({ thread_id: 'thr_1', run_id: 'run_1', after: 7 })
    expect(texts()).toEqual(['Hi', 'Hello'])
    expect(session.getState().problem).toBeNull()
  })

  it('says so, with a way to go on, when it cannot be picked up', async () => {
    const { session, types } = setUp({
      'threads.create': () => streamOf([runStarted(), ...conversation().slice(0, 3)], 1),
      'runs.resume': () => Response.json({ error: { code: 'unavailable', message: 'Busy.' } }, { status: 503 }),
    })

    await session.sendUserMessage({ text: 'Hi' })

    expect(types().length).toBeGreaterThan(5)
    expect(session.getState().problem).toEqual({ code: 'server', retry: true })
  })

  it('is cancelled by stop, and its partial answer stays', async () => {
    let cancel: () => void = () => undefined
    const cancelled = new Promise<void>((resolve) => {
      cancel = resolve
    })
    async function* stoppable(): AsyncGenerator<RunEvent> {
      yield runStarted()
      yield* conversation().slice(0, 3)
      yield* answerOpens('a1')
      yield delta('a1', 'Half')
      await cancelled
      yield done(answerItem('a1', 'Half'))
      yield { ...runEnded, status: 'cancelled' } as RunEvent
    }
    const patient = { ...testEnvironment(), wait: silence }
    const { session, texts, types } = setUp(
      {
        'threads.create': () => streamOf(stoppable(), 1),
        'runs.cancel': () => {
          cancel()
          return Response.json({})
        },
      },
      {},
      {},
      patient,
    )
    const sent = session.sendUserMessage({ text: 'Hi' })
    await expect.poll(() => session.live.pending('a1', 0)).toBe('Half')

    session.stop()
    await sent

    expect(types()).toEqual(['threads.create', 'runs.cancel'])
    expect(texts()).toEqual(['Hi', 'Half'])
  })

  it('is resumed from its first event after a reload in mid-answer', async () => {
    const { session, transport, texts } = setUp(
      {
        'threads.get_by_id': () =>
          Response.json({
            ...threadOf('thr_1', { items: { data: [userItem('u1', 'Hi')], has_more: false } }),
            run: { id: 'run_1', status: 'running' },
          }),
        'runs.resume': () => streamOf(parley(conversation()), 1),
      },
      { initialThread: 'thr_1' },
    )

    await session.start()
    await expect.poll(() => session.getState().run.phase).toBe('idle')

    expect(transport.requests.at(-1)?.params).toEqual({ thread_id: 'thr_1', run_id: 'run_1', after: 0 })
    expect(texts()).toEqual(['Hi', 'Hello'])
  })

  it('offers another try when it was interrupted', async () => {
    const { session, texts, types } = setUp(
      {
        'threads.get_by_id': () =>
          Response.json({
            ...threadOf('thr_1', { items: { data: [userItem('u1', 'Hi'), answerItem('a0', 'Par')], has_more: false } }),
            run: { id: 'run_1', status: 'interrupted' },
          }),
        'threads.retry_after_item': () => streamOf([done(answerItem('a1', 'Hello'))]),
      },
      { initialThread: 'thr_1' },
    )
    await session.start()
    expect(session.getState().problem).toEqual({ code: 'interrupted', retry: true })

    await session.retry()

    expect(types()).toContain('threads.retry_after_item')
    expect(texts()).toEqual(['Hi', 'Hello'])
    expect(session.getState().problem).toBeNull()
  })

  it('offers another try, in our own words, when the server is stopped in the middle of it', async () => {
    const { session, texts } = setUp({
      'threads.create': () =>
        streamOf(
          [
            runStarted(),
            ...conversation().slice(0, 3),
            done(answerItem('a1', 'Par')),
            { type: 'error', code: 'custom', message: 'The server was stopped.', allow_retry: true },
            { type: 'run.ended', run_id: 'run_1', status: 'interrupted' },
          ],
          1,
        ),
    })

    await session.sendUserMessage({ text: 'Hi' })

    expect(texts()).toEqual(['Hi', 'Par'])
    expect(session.getState().problem).toEqual({ code: 'interrupted', retry: true })
  })

  it('goes on unseen when the person opens another chat', async () => {
    const { session, texts } = setUp({
      'threads.create': () =>
        streamOf(
          (async function* () {
            yield runStarted()
            yield* conversation().slice(0, 3)
            await silence()
          })(),
          1,
        ),
    })
    session.sendUserMessage({ text: 'Hi' })
    await expect.poll(() => session.getState().threadId).toBe('thr_1')

    await session.setThreadId(null)

    expect(texts()).toEqual([])
    expect(session.getState().run.phase).toBe('idle')
  })
})

describe('client tools', () => {
  const call: ThreadItem = {
    id: 'tc1',
    thread_id: 'thr_1',
    created_at: '2026-11-20T10:00:00Z',
    type: 'client_tool_call',
    status: 'pending',
    call_id: 'c1',
    name: 'get_page',
    arguments: { part: 'title' },
  }
  const asking = [...conversation().slice(0, 3), done(call)]

  it('run on the page, and the answer ends only after their round trip', async () => {
    const { session, transport, events } = setUp(
      {
        'threads.create': () => streamOf(asking),
        'threads.add_client_tool_output': () => streamOf([done(answerItem('a1', 'The title is X'))]),
      },
      { onClientTool: true },
      { callClientTool: async ({ name, params }) => ({ name, params, title: 'X' }) },
    )

    await session.sendUserMessage({ text: 'Hi' })

    expect(transport.requests[1]?.params).toEqual({
      thread_id: 'thr_1',
      result: { name: 'get_page', params: { part: 'title' }, title: 'X' },
    })
    expect(events.filter(([name]) => name.startsWith('chatkit.response'))).toEqual([
      ['chatkit.response.start'],
      ['chatkit.response.end'],
    ])
    expect(events.at(-1)).toEqual(['chatkit.response.end'])
  })

  it('tell the agent when they fail, so that it can go on', async () => {
    const { session, transport } = setUp(
      {
        'threads.create': () => streamOf(asking),
        'threads.add_client_tool_output': () => streamOf([done(answerItem('a1', 'Sorry'))]),
      },
      {},
      { callClientTool: () => Promise.reject(new Error('No such page')) },
    )

    await session.sendUserMessage({ text: 'Hi' })

    expect(transport.requests[1]?.params).toMatchObject({ result: { error: 'No such page' } })
  })

  it('can be stopped while the page is still working', async () => {
    const { session, types } = setUp({ 'threads.create': () => streamOf(asking) }, {}, { callClientTool: silence })
    const sent = session.sendUserMessage({ text: 'Hi' })
    await expect.poll(() => session.getState().run.phase).toBe('client_tool')

    await session.stop()
    await sent

    expect(session.getState().run.phase).toBe('idle')
    expect(types()).toEqual(['threads.create'])
  })
})

describe('opening a thread', () => {
  it('shows its newest page and the older ones on demand', async () => {
    const all = Array.from({ length: 100 }, (_, at) => userItem(`m${at}`, String(at)))
    const { session, events } = setUp({
      'threads.get_by_id': () =>
        Response.json(threadOf('thr_1', { items: { data: all.slice(0, 20), has_more: true, after: 'm19' } })),
      'items.list': ({ params }) => {
        const newest = all.toReversed()
        const from = newest.findIndex(({ id }) => id === params.after) + 1
        const data = newest.slice(from, from + Number(params.limit))
        return Response.json({ data, has_more: from + data.length < 100, after: data.at(-1)?.id })
      },
    })

    await session.setThreadId('thr_1')
    expect(session.getState().itemIds).toEqual(all.slice(80).map(({ id }) => id))
    await session.loadOlderItems()
    await session.loadOlderItems()
    await session.loadOlderItems()

    expect(session.getState().itemIds).toEqual(all.map(({ id }) => id))
    expect(session.getState().olderAfter).toBeNull()
    expect(events.map(([name]) => name)).toEqual([
      'chatkit.thread.load.start',
      'chatkit.thread.change',
      'chatkit.thread.load.end',
    ])
  })

  it('opens at a message that was searched for, however old, and forgets it in the history', async () => {
    const all = Array.from({ length: 250 }, (_, at) => userItem(`m${at}`, String(at)))
    const { session, transport } = setUp({
      'threads.get_by_id': () =>
        Response.json(threadOf('thr_1', { items: { data: all.slice(0, 20), has_more: true, after: 'm19' } })),
      'items.list': ({ params }) => {
        const newest = all.toReversed()
        const from = newest.findIndex(({ id }) => id === params.after) + 1
        const data = newest.slice(from, from + Number(params.limit))
        return Response.json({ data, has_more: from + data.length < 250, after: data.at(-1)?.id })
      },
    })
    await session.showHistory()

    await session.openMatch({
      thread: threadOf('thr_1'),
      title_marks: [],
      excerpt: { item_id: 'm100', text: 'a lamp', marks: [[2, 6]] },
    })

    const { view, found, itemIds } = session.getState()
    expect({ view, found }).toEqual({ view: 'chat', found: { itemId: 'm100', word: 'lamp' } })
    expect(itemIds).toEqual(all.slice(50).map(({ id }) => id))
    expect(transport.requests.filter(({ type }) => type === 'items.list')).toHaveLength(2)
    await session.showHistory()
    expect(session.getState().found).toBeNull()
  })

  it('says when it does not exist', async () => {
    const { session, events } = setUp({
      'threads.get_by_id': () =>
        Response.json({ error: { code: 'thread_not_found', message: 'No such thread.' } }, { status: 404 }),
    })

    await session.setThreadId('thr_x')

    expect(session.getState()).toMatchObject({ threadId: null, problem: { code: 'not_found', retry: false } })
    expect(events.map(([name]) => name)).toContain('chatkit.error')
  })

  it('can be tried again when the server could not be reached', async () => {
    let isUp = false
    const { session, texts } = setUp({
      'threads.get_by_id': () => {
        if (!isUp) throw new TypeError('fetch failed')
        return Response.json(threadOf('thr_1', { items: { data: [userItem('a', 'one')], has_more: false } }))
      },
    })
    await session.setThreadId('thr_1')
    expect(session.getState().problem).toEqual({ code: 'load', retry: true })

    isUp = true
    await session.retry()

    expect(texts()).toEqual(['one'])
    expect(session.getState().problem).toBeNull()
  })

  it('ignores an answer that comes after the person has moved on', async () => {
    const answers: ((response: Response) => void)[] = []
    const { session, texts } = setUp({
      'threads.get_by_id': () => new Promise<Response>((resolve) => answers.push(resolve)),
    })

    const first = session.setThreadId('thr_1')
    const second = session.setThreadId('thr_2')
    answers[1]?.(Response.json(threadOf('thr_2', { items: { data: [userItem('b', 'two')], has_more: false } })))
    await second
    answers[0]?.(Response.json(threadOf('thr_1', { items: { data: [userItem('a', 'one')], has_more: false } })))
    await first

    expect(session.getState().threadId).toBe('thr_2')
    expect(texts()).toEqual(['two'])
  })
})

describe('history', () => {
  const threads = [threadOf('thr_2', { title: 'Two' }), threadOf('thr_1', { title: 'One' })]
  const listing: Script = { 'threads.list': () => Response.json({ data: threads, has_more: false }) }
  const titles = (session: ReturnType<typeof setUp>['session']) =>
    session.getState().history.threads.map(({ title }) => title)

  it('takes a new title at once and gives it back when the server refuses', async () => {
    const { session } = setUp({
      ...listing,
      'threads.update': () => Response.json({ error: { code: 'forbidden', message: 'No.' } }, { status: 403 }),
    })
    await session.start()

    const renamed = session.renameThread('thr_1', 'Uno')
    expect(titles(session)).toEqual(['Two', 'Uno'])

    await expect(renamed).rejects.toMatchObject({ status: 403 })
    expect(titles(session)).toEqual(['Two', 'One'])
  })

  it('is asked for anew although the first list has not come yet, which then comes too late', async () => {
    const answers: ((page: Response) => void)[] = []
    const { session } = setUp({ 'threads.list': () => new Promise<Response>((resolve) => answers.push(resolve)) })
    const pageOf = (title: string) => Response.json({ data: [threadOf('thr_1', { title })], has_more: false })
    const starting = session.start()

    const updating = session.fetchUpdates()
    expect(answers).toHaveLength(2)
    answers[1]?.(pageOf('New'))
    await updating
    answers[0]?.(pageOf('Old'))
    await starting

    expect(titles(session)).toEqual(['New'])
  })

  it('leaves a chat that is deleted', async () => {
    const { session, events } = setUp({
      ...listing,
      'threads.get_by_id': () => Response.json(threadOf('thr_1')),
      'threads.delete': () => Response.json({}),
    })
    await session.start()
    await session.setThreadId('thr_1')

    await session.deleteThread('thr_1')

    expect(titles(session)).toEqual(['Two'])
    expect(session.getState().threadId).toBeNull()
    expect(events.at(-1)).toEqual(['chatkit.thread.change', { threadId: null }])
  })
})

describe('actions of widgets', () => {
  it('that do not stream swap in the item the server answers', async () => {
    const widget = (value: string) =>
      ({
        id: 'w1',
        thread_id: 'thr_1',
        created_at: '2026-11-20T10:00:00Z',
        type: 'widget',
        widget: { type: 'Card', children: [{ type: 'Text', value }] },
      }) as ThreadItem
    const { session } = setUp({
      'threads.get_by_id': () =>
        Response.json(threadOf('thr_1', { items: { data: [widget('old')], has_more: false } })),
      'threads.sync_custom_action': () => Response.json({ updated_item: widget('new') }),
    })
    await session.setThreadId('thr_1')

    await session.syncAction({ type: 'refresh' }, 'w1')

    expect(session.getState().items.get('w1')).toEqual(widget('new'))
  })
})
