import { describe, expect, it } from 'vitest'
import { createCommands } from './commands.js'
import { decodeXpertInvitation } from './invitation.js'
import { createMessenger } from './messenger.js'
import { fromXpertOptions } from './options.js'
import { createPageRequests } from './page-requests.js'
import type { XpertMessage } from './wire.js'

const encode = (value: unknown) => `#${Buffer.from(JSON.stringify(value)).toString('base64url')}`

describe('the invitation of <xpertai-chatkit>', () => {
  it('is read with all its letters', () => {
    const options = { startScreen: { greeting: 'Xin chào, 你好 👋' } }

    expect(decodeXpertInvitation(encode({ options, referrer: 'https://shop.example', profile: 'chatkit' }))).toEqual({
      options,
      referrer: 'https://shop.example',
    })
  })

  it.each([
    ['nothing', ''],
    ['no base64', '#%%%'],
    ['no JSON', '#aGVsbG8'],
    ['JSON that is no object', encode(null)],
    ['no options', encode({ referrer: 'https://shop.example' })],
    ['a referrer that is no address', encode({ options: {}, referrer: '*' })],
  ])('is none when there is %s', (_, hash) => expect(decodeXpertInvitation(hash)).toBeNull())
})

describe('options of Xpert', () => {
  it('mark functions as ours do and leave out what is for Xpert’s own server', () => {
    expect(
      fromXpertOptions({
        displayMode: 'pet',
        pet: true,
        request: { state: {} },
        api: { apiUrl: 'https://x.example/api/ai', xpertId: 'x', getClientSecret: '[ChatKitMethod]' },
        header: { leftAction: { icon: 'home', onClick: '[ChatKitMethod]' } },
        composer: { tools: [{ id: 'a', label: 'A' }] },
      }),
    ).toEqual({
      api: { getClientSecret: true, appId: 'x' },
      header: { leftAction: { icon: 'home', onClick: true } },
      composer: { tools: [{ id: 'a', label: 'A' }] },
    })
  })
})

describe('a message the page sends', () => {
  const sent = async (params: Record<string, unknown>) => {
    const runs: unknown[] = []
    const chat = { run: (...call: unknown[]) => void runs.push(call), setOptions: () => undefined }
    await createCommands(Promise.resolve(chat as never))('onSendUserMessage', { text: 'Hi', ...params })
    return runs
  }
  const chosen = { mode: 'allowlist', skills: { ids: [] }, plugins: { nodeKeys: ['web_search'] } }

  it('may use the plugins that were chosen for it, and the app’s own choice where none were', async () => {
    const all = [['sendUserMessage', [{ text: 'Hi' }]]]

    expect(await sent({ runtimeCapabilities: chosen })).toEqual([
      ['sendUserMessage', [{ text: 'Hi', tools: ['web_search'] }]],
    ])
    expect(await sent({ runtimeCapabilities: { ...chosen, plugins: { nodeKeys: [] } } })).toEqual(all)
    expect(await sent({ runtimeCapabilities: { ...chosen, inheritUnselected: true } })).toEqual(all)
    expect(await sent({})).toEqual(all)
  })
})

/** A messenger and the page around it, which does not answer by itself. */
function openPage(run: (command: string, data: unknown) => unknown = () => undefined) {
  const posted: XpertMessage[] = []
  const source = {} as Window
  const messenger = createMessenger(
    (message) => posted.push(message),
    { window: source, origin: 'https://shop.example' },
    run,
  )
  const say = (data: unknown, from: Partial<MessageEvent<unknown>> = {}) =>
    messenger.receive({ source, origin: 'https://shop.example', data, ...from } as MessageEvent<unknown>)
  return { posted, messenger, say }
}

const command = (nonce: string) => ({ __xpaiChatKit: true, type: 'command', nonce, command: 'onDoIt', data: { a: 1 } })

describe('messages of the page', () => {
  it('are answered each, a failure in a form the page makes an error of', async () => {
    const { posted, say } = openPage((_, data) => {
      if (data) throw new Error('Not now.')
    })

    say({ ...command('1'), data: undefined })
    say(command('2'))

    await expect.poll(() => posted).toHaveLength(2)
    const error = { __chatkit_error__: 'IntegrationError', message: 'Not now.' }
    expect(posted).toContainEqual({ __xpaiChatKit: true, type: 'response', nonce: '1', response: { ok: true } })
    expect(posted).toContainEqual({ __xpaiChatKit: true, type: 'response', nonce: '2', error })
  })

  it.each([
    ['another window', command('1'), { source: {} as Window }],
    ['another origin', command('1'), { origin: 'https://evil.example' }],
    ['no marker', { ...command('1'), __xpaiChatKit: undefined }, {}],
    ['nothing at all', null, {}],
  ])('are ignored from %s', (_, data, from) => {
    const heard: unknown[] = []
    const { say } = openPage((name) => heard.push(name))

    say(data, from)

    expect(heard).toEqual([])
  })
})

describe('a request made by the page', () => {
  const request = (type: string) => ({ url: '/api/chatkit', headers: {}, body: JSON.stringify({ type, params: {} }) })

  it('is JSON when its answer is', async () => {
    const { posted, messenger, say } = openPage()
    const requests = createPageRequests(messenger)

    const response = requests.openRequest('1', request('threads.list'))
    const [asked] = posted as { type: string; nonce: string }[]
    say({ __xpaiChatKit: true, type: 'response', nonce: asked?.nonce, response: { data: [] } })

    expect(asked?.type).toBe('fetch')
    expect(await response).toMatchObject({ status: 200 })
    expect(new TextDecoder().decode((await requests.readRequest('1')) ?? undefined)).toBe('{"data":[]}')
    expect(await requests.readRequest('1')).toBeNull()
  })

  it('is a stream when its answer is one, ids and lines kept', async () => {
    const { posted, messenger, say } = openPage()
    const requests = createPageRequests(messenger)

    const response = requests.openRequest('1', request('threads.create'))
    const [asked] = posted as { type: string; nonce: string }[]
    const message = { id: '7', event: '', data: '{"type":\n"notice"}' }
    say({ __xpaiChatKit: true, type: 'fetchEventSourceMessage', nonce: asked?.nonce, message })

    expect(asked?.type).toBe('fetchEventSource')
    expect(await response).toMatchObject({ status: 200, headers: [['content-type', 'text/event-stream']] })
    expect(new TextDecoder().decode((await requests.readRequest('1')) ?? undefined)).toBe(
      'id: 7\ndata: {"type":\ndata: "notice"}\n\n',
    )
  })

  it('keeps the status of a refusal and fails when nobody answers', async () => {
    const { posted, messenger, say } = openPage()
    const requests = createPageRequests(messenger)
    const refused = requests.openRequest('1', request('threads.create'))
    const failed = requests.openRequest('2', request('threads.list'))
    const [first, second] = posted as { nonce: string }[]

    const error = { __chatkit_error__: 'HttpError', message: 'Streaming failed: Forbidden', status: 403 }
    say({ __xpaiChatKit: true, type: 'response', nonce: first?.nonce, error })
    say({ __xpaiChatKit: true, type: 'response', nonce: second?.nonce, error: new TypeError('Failed to fetch') })

    expect(await refused).toMatchObject({ status: 403 })
    await expect(failed).rejects.toThrow('Failed to fetch')
  })
})
