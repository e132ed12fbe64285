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
    const organizationId = given.get('organization')
    return { secret: secret ?? '', xpertId: 'demo', ...(organizationId && { organizationId }) }
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
  frameUrl: given.get('frame') ?? `${server}/chatkit/frame/`,
  api: given.get('form') === 'own' ? own : session,
  locale: 'en',
  header: { leftAction: { icon: 'home', onClick: () => note('left') } },
  startScreen: { greeting: 'How can we help?', prompts: [{ label: 'Where is my order?', prompt: 'Where is it?' }] },
  onClientTool: async (call) => {
    window.toolCalls.push(call)
    return { content: `A shop on ${location.pathname}`, status: 'success' }
  },
  entities: {
    onTagSearch: async (query) => {
      window.toolCalls.push(['search', query])
      return [{ id: 'ada', title: 'Ada Lovelace', interactive: true, group: 'People' }]
    },
    onClick: (entity) => window.toolCalls.push(['click', entity.id]),
    onRequestPreview: async (entity) => {
      window.toolCalls.push(['preview', entity.id])
      return { preview: { type: 'Basic', children: [{ type: 'Text', value: `About ${entity.title}` }] } }
    },
  },
  widgets: {
    onAction: async (action, { widget }) => {
      window.toolCalls.push(['action', action, Object(widget).type])
    },
  },
  ...(JSON.parse(given.get('options') ?? '{}') as Partial<ChatKitOptions>), // as the test wrote them
  ...changed,
})

const chat = document.createElement('xpertai-chatkit') as XpertElement
Object.assign(chat.style, { position: 'fixed', inset: '0' })
for (const name of [...EVENT_NAMES, 'chatkit.response.stop']) {
  chat.addEventListener(name, (event) => window.events.push({ name, detail: (event as CustomEvent).detail }))
}
window.change = (changed) => chat.setOptions(options(changed as Partial<ChatKitOptions>))
chat.setOptions(options({}))
document.getElementById('root')?.append(chat)
