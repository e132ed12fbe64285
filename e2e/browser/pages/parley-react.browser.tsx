/** A page with our own React package, drawn by a server first and taken over in the browser; `form` picks the hook's form. */
import type { ChatKitOptions } from '@openai/chatkit'
import { ChatKit, useChatKit } from '@parley/react'
import { StrictMode, useState, version } from 'react'
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

const FORMS: Record<string, () => React.ReactNode> = { openai: OpenAiForm, session: SessionForm, xpert: XpertForm }
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
