/** A page with Xpert's own web component, written as its README teaches it; only `frameUrl` is ours. */
import '@xpert-ai/chatkit-web-component'
import type { ChatKitOptions } from '@xpert-ai/chatkit-types'
import { EVENT_NAMES } from './host-window.js'

interface XpertElement extends HTMLElement {
  setOptions(options: ChatKitOptions): void
}

window.events = []
window.toolCalls = []
const given = new URLSearchParams(location.search)
const server = given.get('server')

const note = (name: string) => window.toolCalls.push(name)
const session: ChatKitOptions['api'] = {
  apiUrl: `${server}/api/ai`,
  xpertId: 'demo',
  getClientSecret: async (current) => {
    window.toolCalls.push(current)
    const secret = (current !== null && given.get('fresh')) || given.get('secret')
    return { secret: secret ?? '', xpertId: 'demo' }
  },
}
const own: ChatKitOptions['api'] = {
  apiUrl: `${server}/api/ai`,
  url: given.get('api') ?? `${server}/api/chatkit`,
  domainKey: 'local',
  fetch: (url, init) => {
    note('fetch')
    return fetch(url, init)
  },
}
const options = (changed: Partial<ChatKitOptions>): ChatKitOptions => ({
  frameUrl: `${server}/chatkit/frame/`,
  api: given.get('form') === 'own' ? own : session,
  locale: 'en',
  header: { leftAction: { icon: 'home', onClick: () => note('left') } },
  startScreen: { greeting: 'How can we help?', prompts: [{ label: 'Where is my order?', prompt: 'Where is it?' }] },
  onClientTool: async ({ name, params }) => {
    window.toolCalls.push({ name, params })
    return { content: `A shop on ${location.pathname}` }
  },
  ...changed,
})

const chat = document.createElement('xpertai-chatkit') as XpertElement
Object.assign(chat.style, { position: 'fixed', inset: '0' })
for (const name of EVENT_NAMES) {
  chat.addEventListener(name, (event) => window.events.push({ name, detail: (event as CustomEvent).detail }))
}
window.change = (changed) => chat.setOptions(options(changed as Partial<ChatKitOptions>))
chat.setOptions(options({}))
document.getElementById('root')?.append(chat)
