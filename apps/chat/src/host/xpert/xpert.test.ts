import { describe, expect, it } from 'vitest'
import { toolOutputOf } from './client-tool.js'
import { createCommands } from './commands.js'
import { decodeXpertInvitation } from './invitation.js'
import { createMessenger } from './messenger.js'
import { fromXpertOptions, hasPet } from './options.js'
import { createPageRequests } from './page-requests.js'
import { chooseSlashCommand, sendSlashCommand } from './run-slash-command.js'
import { findSlashCommands, readInvocation, readSlashCommands } from './slash-commands.js'
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

  it('may name a line', () => {
    const named = encode({ options: {}, referrer: 'https://shop.example', channelId: 'c1' })

    expect(decodeXpertInvitation(named)).toEqual({ options: {}, referrer: 'https://shop.example', channelId: 'c1' })
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
      state: {},
    })
  })

  it('make what goes with every request the state of every message', () => {
    const request = {
      state: { plan: 'pro', human: { input: 'Hi' } },
      context: { plan: 'free', region: 'eu', env: { TOKEN: 'x' } },
      config: { tags: ['shop'] },
    }

    expect(fromXpertOptions({ api: {}, request })).toEqual({ api: {}, state: { plan: 'pro', region: 'eu' } })
  })

  it.each([
    ['a pet', { pet: true }, true],
    ['a pet of its own', { pet: { character: { type: 'sprite-atlas', src: '/cat.webp' } } }, true],
    ['a pet that is switched off', { pet: { enabled: false } }, false],
    ['no pet', {}, false],
    ['a pet alone', { displayMode: 'pet' }, true],
  ])('know %s', (_, options, known) => expect(hasPet(options)).toBe(known))
})

const COMMANDS = [
  {
    name: 'review',
    label: 'Review',
    aliases: ['check'],
    action: { type: 'submit_prompt', template: 'Review {{ args }}.' },
  },
  { name: 'greet', action: { type: 'insert_text', template: 'Dear {{args}}' } },
  { name: 'deploy', action: { type: 'insert_invocation', template: '/deploy ' } },
  { name: 'cart', action: { type: 'client_action', action: { type: 'open_cart', payload: { at: 1 } } } },
  {
    name: 'web',
    label: 'Web search',
    action: { type: 'select_capability', capability: { type: 'plugin', id: 'web' } },
  },
  {
    name: 'news',
    action: { type: 'submit_prompt', template: 'The news', runtimeCapabilities: { plugins: { nodeKeys: ['web'] } } },
  },
]
const UNUSABLE = [
  { name: 'Big Name', action: { type: 'insert_text', template: 'x' } },
  { name: 'off', availability: { disabled: true }, action: { type: 'insert_text', template: 'x' } },
  { name: 'empty', action: { type: 'submit_prompt', template: ' ' } },
  { name: 'unknown', action: { type: 'fly' } },
  'nonsense',
]

describe('slash commands of the page', () => {
  const commands = readSlashCommands({ composer: { slashCommands: [...COMMANDS, ...UNUSABLE] } })
  const ways = () => {
    const told: unknown[] = []
    const sent: unknown[] = []
    return {
      told,
      sent,
      page: { command: async (...call: unknown[]) => void told.push(call) },
      send: async (params: unknown) => void sent.push(params),
    }
  }
  const choose = (name: string, chat = ways()) => chooseSlashCommand(commands.find((one) => one.name === name)!, chat)
  const send = (text: string, chat = ways()) => {
    const invocation = readInvocation(commands, text)
    return invocation && sendSlashCommand(invocation, { text, model: 'm' }, chat)
  }

  it('are those with a name and an action that can be used', () =>
    expect(commands.map(({ name }) => name)).toEqual(COMMANDS.map(({ name }) => name)))

  it('are found by name, label and alias', () => {
    const found = (query: string) => findSlashCommands(commands, query).map(({ name }) => name)

    expect(found('REV')).toEqual(['review'])
    expect(found('check')).toEqual(['review'])
    expect(found('search')).toEqual(['web'])
    expect(found('review this')).toEqual([])
  })

  it('write what is still to be completed, send what is whole, tell the page what is for it', async () => {
    const chat = ways()

    expect(await choose('greet')).toEqual({ type: 'text', text: 'Dear ' })
    expect(await choose('deploy')).toEqual({ type: 'text', text: '/deploy ' })
    expect(await choose('review')).toEqual({ type: 'text', text: '/review ' })
    expect(await choose('web')).toMatchObject({
      type: 'entity',
      entity: { title: 'Web search', data: { tool: 'web' } },
    })
    expect(await choose('news', chat)).toBeNull()
    expect(await choose('cart', chat)).toBeNull()

    expect(chat.sent).toMatchObject([{ text: 'The news', tools: ['web'] }])
    const widgetItem = { id: 'slash-command:cart', widget: { type: 'slash_command' } }
    expect(chat.told).toEqual([['onWidgetAction', { action: { type: 'open_cart', payload: { at: 1 } }, widgetItem }]])
  })

  it('are carried out when they are typed in full', () => {
    const chat = ways()
    const content = [{ type: 'input_text', text: 'Review a $& b.' }]

    expect(send(' /review a $& b')).toEqual({ text: 'Review a $& b.', content, model: 'm' })
    expect(send('/check a')).toMatchObject({ text: 'Review a.' })
    expect(send('/deploy now')).toEqual({ text: '/deploy now', model: 'm' })
    expect(send('/cart', chat)).toBeNull()
    expect(chat.told).toHaveLength(1)
    expect(readInvocation(commands, 'Look at /review')).toBeNull()
    expect(readInvocation(commands, '/unheard of')).toBeNull()
  })
})

describe('what a tool of the page answers', () => {
  it.each([
    ['its content', { content: 'A shop', status: 'success', artifact: {} }, 'A shop'],
    ['content that is no text', { content: { title: 'A' } }, { title: 'A' }],
    ['a failure', { content: 'No such page', status: 'error' }, { error: 'No such page' }],
    ['anything else as it is', { title: 'A' }, { title: 'A' }],
    ['nothing', undefined, undefined],
  ])('is %s', (_, answer, output) => expect(toolOutputOf(answer)).toEqual(output))
})

describe('a message the page sends', () => {
  const sent = async (params: Record<string, unknown>) => {
    const runs: unknown[] = []
    const chat = { run: (...call: unknown[]) => void runs.push(call), setOptions: () => undefined }
    const session = { getState: () => ({ run: { phase: 'idle' } }) }
    await createCommands(Promise.resolve({ chat, session } as never))('onSendUserMessage', { text: 'Hi', ...params })
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

  it('quotes what it refers to: all of it, files by their lines', async () => {
    const references = [
      { type: 'quote', text: 'as you said' },
      { type: 'code', text: 'let a = 1', path: 'a.ts', startLine: 3, endLine: 3 },
      { type: 'image', url: 'https://x.example/a.png' },
    ]

    expect(await sent({ references })).toEqual([
      ['sendUserMessage', [{ text: 'Hi', reply: 'as you said\n\na.ts:3-3\nlet a = 1' }]],
    ])
    expect(await sent({ references, reply: 'mine' })).toEqual([['sendUserMessage', [{ text: 'Hi', reply: 'mine' }]]])
  })

  it('brings its state along, and its text where that stands in the state alone', async () => {
    const state = { plan: 'pro', human: { input: 'Hello' } }

    expect(await sent({ state })).toEqual([['sendUserMessage', [{ text: 'Hi', state: { plan: 'pro' } }]]])
    const human = { input: 'Hello', references: [{ type: 'quote', text: 'so' }], runtimeCapabilities: chosen }
    expect(await sent({ state: { human } })).toEqual([
      ['sendUserMessage', [{ text: 'Hi', reply: 'so', tools: ['web_search'] }]],
    ])
    expect(await sent({ text: undefined, state })).toEqual([
      ['sendUserMessage', [{ text: 'Hello', state: { plan: 'pro' } }]],
    ])
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
    const signOfLife = { id: '', event: '', data: '' }
    for (const said of [signOfLife, message, signOfLife])
      say({ __xpaiChatKit: true, type: 'fetchEventSourceMessage', nonce: asked?.nonce, message: said })

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
