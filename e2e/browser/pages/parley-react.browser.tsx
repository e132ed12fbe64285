/** A page with our own React package, drawn by a server first and taken over in the browser; `form` picks the hook's form. */
import type { ChatKitOptions } from '@openai/chatkit'
import type { CustomWidgetContext } from '@parley/element'
import { ChatKit, useChatKit } from '@parley/react'
import { createContext, StrictMode, useContext, useState, version } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { optionsOfAddress } from './host-window.js'

const given = new URLSearchParams(location.search)
const server = given.get('server') ?? ''
window.events = []
window.toolCalls = []
window.options = optionsOfAddress()
document.title = `A shop on React ${version}`

const log = (name: string) => (detail?: unknown) => void window.events.push({ name, detail })
const style = { position: 'fixed', inset: 0 } as const

async function getClientSecret(current: string | null): Promise<string> {
  window.toolCalls.push(current)
  return given.get('secret') ?? ''
}

function OpenAiForm() {
  const [options, setOptions] = useState<ChatKitOptions>(window.options)
  window.change = (changed) => setOptions((current) => ({ ...current, ...changed }))
  const { control } = useChatKit({
    ...options,
    src: server,
    onReady: log('chatkit.ready'),
    onError: log('chatkit.error'),
    onResponseEnd: log('chatkit.response.end'),
    onThreadChange: log('chatkit.thread.change'),
  })
  return <ChatKit control={control} className="chat" style={style} />
}

const onClientTool = async () => ({ title: document.title })

function SessionForm() {
  const { session, error, isLoading } = useChatKit({ workflowId: 'demo', getClientSecret, src: server })
  return (
    <>
      <p id="state">{error?.message ?? (isLoading ? 'loading' : 'ready')}</p>
      <ChatKit
        session={session}
        theme={{ primaryColor: '#0066cc', fontFamily: 'Inter, sans-serif' }}
        placeholder="Ask the shop"
        welcomeMessage="Welcome to the shop"
        maxMessageLength={40}
        onMessage={log('message')}
        onToolInvocation={log('tool')}
        onError={log('chatkit.error')}
        options={{ onReady: log('chatkit.ready'), onResponseEnd: log('chatkit.response.end'), onClientTool }}
        style={style}
      />
    </>
  )
}

function XpertForm() {
  const { control } = useChatKit({
    frameUrl: `${server}/chatkit/frame/`,
    api: { apiUrl: `${server}/api/ai`, xpertId: 'demo', getClientSecret },
    onReady: log('chatkit.ready'),
    onError: log('chatkit.error'),
  })
  return <ChatKit control={control} style={style} />
}

const Cart = createContext<{ name: string; add(): void }>({ name: '', add: () => undefined })

/** A widget that is a component of the shop: it has state of its own and sees what the shop gives its components. */
function Product({ data, widget }: { data: Record<string, unknown>; widget: CustomWidgetContext }) {
  const cart = useContext(Cart)
  const [liked, setLiked] = useState(0)
  return (
    <section aria-label="Product">
      <h3>{`${data.title} ×${data.count} in ${cart.name}`}</h3>
      <button type="button" onClick={() => setLiked(liked + 1)}>{`Like ${liked}`}</button>
      <button type="button" onClick={cart.add}>
        Add
      </button>
      <button type="button" onClick={() => widget.sendAction({ type: 'buy', payload: { title: data.title } })}>
        Buy
      </button>
    </section>
  )
}

function WidgetsForm() {
  const [count, setCount] = useState(0)
  const { control } = useChatKit({
    ...window.options,
    src: server,
    customWidgets: { product_card: (data, widget) => <Product data={data} widget={widget} /> },
    onReady: log('chatkit.ready'),
    onResponseEnd: log('chatkit.response.end'),
  })
  return (
    <Cart.Provider value={{ name: `a cart of ${count}`, add: () => setCount(count + 1) }}>
      <ChatKit control={control} style={style} />
    </Cart.Provider>
  )
}

const FORMS: Record<string, () => React.ReactNode> = {
  openai: OpenAiForm,
  session: SessionForm,
  xpert: XpertForm,
  widgets: WidgetsForm,
}
const Form = FORMS[given.get('form') ?? 'openai'] ?? OpenAiForm
const app = (
  <StrictMode>
    <Form />
  </StrictMode>
)
const root = document.getElementById('root')
if (root) {
  root.innerHTML = renderToString(app)
  hydrateRoot(root, app, { onRecoverableError: (error) => console.error(error) })
}
