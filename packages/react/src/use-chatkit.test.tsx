// @vitest-environment happy-dom
import { createRef, StrictMode } from 'react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { ChatKit, type ChatKitElement, type UseChatKitOptions, type UseChatKitResult, useChatKit } from './index.js'
import { type Drawn, defineNotingElement, drawPage } from './testing.fixture.js'

let page: Drawn | undefined
let chatkit: UseChatKitResult

function Shop({ box = {}, ...options }: UseChatKitOptions & { box?: { className?: string; id?: string } }) {
  chatkit = useChatKit(options)
  return <ChatKit control={chatkit.control} style={{ height: 400 }} {...box} />
}

beforeAll(defineNotingElement)
afterEach(async () => {
  await page?.remove()
  vi.restoreAllMocks()
})

describe('A17: useChatKit and <ChatKit control>', () => {
  it('hands options to the element and everything else on it to the page', async () => {
    const api = { url: '/api/chatkit', domainKey: 'local' }
    const onClientTool = () => ({ done: true })
    page = await drawPage(
      <Shop api={api} onClientTool={onClientTool} onReady={() => undefined} box={{ className: 'wide', id: 'help' }} />,
    )

    expect(page.chat().given).toEqual([{ api, onClientTool: expect.any(Function) }])
    expect(page.chat().getAttribute('class')).toBe('wide')
    expect(page.chat().id).toBe('help')
    expect(page.chat().style.height).toBe('400px')
  })

  it('takes the options of guides to self-hosting, their words for themes included', async () => {
    page = await drawPage(
      <Shop
        api={{ url: '/api/chatkit', domainKey: 'local' }}
        theme={{
          colorScheme: 'dark',
          color: { grayscale: { hue: 220, tint: 6, shade: -1 }, accent: { primary: '#f1f5f9', level: 1 } },
          radius: 'medium',
          fontFamily: { sans: 'Inter', mono: 'Menlo' },
        }}
        startScreen={{ greeting: 'Hello', prompts: [{ label: 'Orders', prompt: 'Show my orders' }] }}
        composer={{ placeholder: 'Ask' }}
        onError={({ error }) => error.message}
        onReady={() => undefined}
      />,
    )

    expect(page.chat().given[0]).toEqual({
      api: { url: '/api/chatkit', domainKey: 'local' },
      theme: {
        colorScheme: 'dark',
        color: { grayscale: { hue: 220, tint: 6, shade: -1 }, accent: { primary: '#f1f5f9', level: 1 } },
        radius: 'round',
        typography: { fontFamily: 'Inter', fontFamilyMono: 'Menlo' },
      },
      startScreen: { greeting: 'Hello', prompts: [{ label: 'Orders', prompt: 'Show my orders' }] },
      composer: { placeholder: 'Ask' },
    })
  })

  it('tells the element of a real change only', async () => {
    page = await drawPage(<Shop theme={{ colorScheme: 'light' }} onClientTool={() => ({})} />)
    const { control } = chatkit

    await page.draw(<Shop theme={{ colorScheme: 'light' }} onClientTool={() => ({})} />)
    expect(chatkit.control).toBe(control)
    expect(page.chat().given).toHaveLength(1)

    await page.draw(<Shop theme={{ colorScheme: 'dark' }} onClientTool={() => ({})} />)
    expect(page.chat().given).toHaveLength(2)
    expect(page.chat().given[1]).toMatchObject({ theme: { colorScheme: 'dark' } })
  })

  it('runs the newest functions', async () => {
    const heard: string[] = []
    const shop = (version: string) => (
      <Shop
        onClientTool={() => ({ version })}
        onThreadChange={({ threadId }) => heard.push(`${version} ${threadId}`)}
      />
    )
    page = await drawPage(shop('old'))

    await page.draw(shop('new'))
    page.chat().emit('chatkit.thread.change', { threadId: 'thr_1' })

    expect(heard).toEqual(['new thr_1'])
    expect(page.chat().given[0]?.onClientTool?.({ name: 'x', params: {} })).toEqual({ version: 'new' })
  })

  it('hears each of the published events once, in StrictMode too', async () => {
    const heard: string[] = []
    const names = [
      'Ready',
      'Error',
      'Effect',
      'Deeplink',
      'ResponseStart',
      'ResponseEnd',
      'ThreadChange',
      'ThreadLoadStart',
      'ThreadLoadEnd',
      'ToolChange',
      'HistoryOpen',
      'HistoryClose',
      'Log',
    ]
    const handlers = Object.fromEntries(names.map((name) => [`on${name}`, () => heard.push(name)]))
    page = await drawPage(
      <StrictMode>
        <Shop {...handlers} />
      </StrictMode>,
    )

    for (const name of names)
      page.chat().emit(`chatkit${name.replace(/[A-Z]/g, (letter) => `.${letter.toLowerCase()}`)}`)

    expect(heard).toEqual(names)
  })

  it('calls the element’s methods, and says so when there is none', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    page = await drawPage(<Shop />)
    const chat = page.chat()

    await chatkit.sendUserMessage({ text: 'hi' })
    expect(chat.calls).toEqual([[{ text: 'hi' }]])
    expect(chatkit.ref.current).toBe(chat)

    await page.draw(null)
    await chatkit.sendUserMessage({ text: 'gone' })
    expect(chat.calls).toHaveLength(1)
    expect(warn.mock.calls).toEqual([[expect.stringContaining('sendUserMessage() was called without')]])
  })

  it('gives its element to the page’s own ref', async () => {
    const ref = createRef<ChatKitElement>()
    page = await drawPage(<ChatKit ref={ref} control={{ setInstance: () => undefined, options: {}, handlers: {} }} />)

    expect(ref.current).toBe(page.chat())
  })
})

describe('C5: the Xpert form', () => {
  it('takes frameUrl and api, and hands on what comes with the secret', async () => {
    const asked: unknown[] = []
    function Xpert() {
      const { control } = useChatKit({
        frameUrl: 'https://chat.example.com/chatkit/frame/',
        api: {
          apiUrl: 'https://chat.example.com/api/ai',
          xpertId: 'support',
          getClientSecret: async (current) => {
            asked.push(current)
            return { secret: 'cs-x-1', organizationId: 'org' }
          },
        },
        startScreen: { greeting: 'Hello' },
        onReady: () => undefined,
      })
      return <ChatKit control={control} />
    }
    page = await drawPage(<Xpert />)

    const [options] = page.chat().given
    expect(options).toEqual({
      api: { appId: 'support', getClientSecret: expect.any(Function) },
      startScreen: { greeting: 'Hello' },
    })
    const api = options?.api
    expect(await (api && 'getClientSecret' in api ? api.getClientSecret(null) : '')).toEqual({
      secret: 'cs-x-1',
      organizationId: 'org',
    })
    expect(asked).toEqual([null])
  })
})
