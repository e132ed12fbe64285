// @vitest-environment happy-dom
import type { CustomWidgetContext, CustomWidgetFunction } from '@parley/element'
import { act, createContext, StrictMode, useContext } from 'react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { ChatKit, type SessionSettings, type UseChatKitSession, useChatKit } from './index.js'
import { type Drawn, defineNotingElement, drawPage } from './testing.fixture.js'

let page: Drawn | undefined
let state: UseChatKitSession

interface HelpProps extends SessionSettings {
  workflowId?: string
  getClientSecret: (current: string | null) => Promise<string>
}

function Help({ workflowId = 'wf_1', getClientSecret, ...settings }: HelpProps) {
  state = useChatKit({ workflowId, getClientSecret })
  return <ChatKit session={state.session} className="help" {...settings} />
}

beforeAll(defineNotingElement)
afterEach(async () => {
  await page?.remove()
  vi.restoreAllMocks()
})

describe('B5: useChatKit({ workflowId, getClientSecret })', () => {
  it('is loading until the first secret is there, and asks once in StrictMode', async () => {
    let arrive: (secret: string) => void = () => undefined
    const getClientSecret = vi.fn(
      () =>
        new Promise<string>((resolve) => {
          arrive = resolve
        }),
    )
    page = await drawPage(
      <StrictMode>
        <Help getClientSecret={getClientSecret} />
      </StrictMode>,
    )
    const chat = page.chat()
    expect(state).toEqual({ session: null, error: null, isLoading: true })
    expect(chat.given).toEqual([])

    await act(async () => arrive('secret'))

    expect(state).toMatchObject({ session: { workflowId: 'wf_1' }, error: null, isLoading: false })
    expect(page.chat()).toBe(chat)
    expect(getClientSecret.mock.calls).toEqual([[null]])
  })

  it('gives the chat that secret first and asks the newest function for the next', async () => {
    page = await drawPage(<Help getClientSecret={async () => 'first'} />)
    await page.draw(<Help getClientSecret={async (current) => `after ${current}`} />)

    const api = page.chat().given[0]?.api
    const ask = (current: string | null) => (api && 'getClientSecret' in api ? api.getClientSecret(current) : undefined)

    expect(await ask(null)).toBe('first')
    expect(await ask('first')).toBe('after first')
  })

  it('says why there is no session', async () => {
    const refused = new Error('HTTP 401')
    page = await drawPage(<Help getClientSecret={() => Promise.reject(refused)} />)

    expect(state).toEqual({ session: null, error: refused, isLoading: false })
  })

  it('opens another chat for another workflow', async () => {
    page = await drawPage(<Help getClientSecret={async () => 'one'} />)
    const before = page.chat()

    await page.draw(<Help workflowId="wf_2" getClientSecret={async () => 'two'} />)

    expect(page.chat()).not.toBe(before)
    const api = page.chat().given[0]?.api
    expect(await (api && 'getClientSecret' in api && api.getClientSecret(null))).toBe('two')
  })
})

describe('B5: <ChatKit session>', () => {
  const getClientSecret = async () => 'secret'

  it('maps the theme keys and options', async () => {
    page = await drawPage(
      <Help
        getClientSecret={getClientSecret}
        theme={{
          primaryColor: '#0066cc',
          backgroundColor: '#fafafa',
          fontFamily: 'Inter, sans-serif',
          borderRadius: '8px',
        }}
        placeholder="Ask"
        welcomeMessage="Welcome"
        enableVoiceInput
        enableFileUpload
        acceptedFileTypes={['image/*', '.pdf', '.docx', '.dwg']}
        maxFileSize={1024}
        maxMessageLength={500}
        onMessage={() => undefined}
        onToolInvocation={() => undefined}
      />,
    )

    expect(page.chat().given[0]).toEqual({
      api: { getClientSecret: expect.any(Function) },
      theme: {
        primaryColor: '#0066cc',
        backgroundColor: '#fafafa',
        fontFamily: 'Inter, sans-serif',
        borderRadius: '8px',
      },
      startScreen: { greeting: 'Welcome' },
      thread: { onMessage: expect.any(Function), onToolInvocation: expect.any(Function) },
      composer: {
        placeholder: 'Ask',
        maxLength: 500,
        dictation: { enabled: true },
        attachments: {
          enabled: true,
          maxSize: 1024,
          accept: {
            'image/*': [],
            'application/pdf': ['.pdf'],
            'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['.docx'],
            'application/octet-stream': ['.dwg'],
          },
        },
      },
    })
    expect(page.chat().getAttribute('class')).toBe('help')
    expect(page.chat().hasAttribute('placeholder')).toBe(false)
  })

  it.each([
    [{ showThinking: false, thinkingStyle: 'expanded' as const }, { reasoning: 'hidden' }],
    [{ showThinking: true, thinkingStyle: 'expanded' as const }, { reasoning: 'expanded' }],
    [{ toolVisualization: false }, { steps: 'hidden' }],
    [{ toolVisualization: true }, undefined],
  ])('B7: shows thoughts and steps as %j asks for', async (settings, thread) => {
    page = await drawPage(<Help getClientSecret={getClientSecret} {...settings} />)

    expect(page.chat().given[0]?.thread).toEqual(thread)
  })

  it('hands onError the error itself', async () => {
    const onError = vi.fn()
    page = await drawPage(<Help getClientSecret={getClientSecret} onError={onError} />)
    const error = new Error('The model is out to lunch.')

    page.chat().emit('chatkit.error', { error })

    expect(onError.mock.calls).toEqual([[error]])
  })

  it('B6: draws custom widgets in the page’s own tree, with its newest state, until they go', async () => {
    const Shop = createContext('nobody')
    const Card = ({ title, count }: { title: string; count: number }) => `${title} ×${count} for ${useContext(Shop)}`
    const shop = (name: string, count: number) => (
      <Shop.Provider value={name}>
        <Help
          getClientSecret={getClientSecret}
          customWidgets={{ product_card: (data: { title: string }) => <Card {...data} count={count} /> }}
        />
      </Shop.Provider>
    )
    page = await drawPage(shop('Ada', 1))
    const box = document.body.appendChild(document.createElement('div'))
    const gone = new AbortController()
    const draw = page.chat().given[0]?.customWidgets?.product_card as CustomWidgetFunction // given as one
    const context = { box, signal: gone.signal } as unknown as CustomWidgetContext // what is drawn looks at no more

    await act(async () => draw({ title: 'Kettle' }, context))
    expect(box.textContent).toBe('Kettle ×1 for Ada')
    await act(async () => draw({ title: 'Lamp' }, context))
    expect(box.textContent).toBe('Lamp ×1 for Ada')
    await page.draw(shop('Bob', 2))
    expect(box.textContent).toBe('Lamp ×2 for Bob')
    expect(page.chat().given).toHaveLength(1)
    await act(async () => gone.abort())
    expect(box.textContent).toBe('')
  })
})
