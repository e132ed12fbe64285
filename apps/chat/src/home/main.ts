/** Entry of the page to chat on: one chat in all the room there is, and a panel that shows how to embed it. */
import { type ChatKitElement, defineChatKit } from '@parley/element'
import { setUpEmbedPanel } from './embed-panel.js'
import { createOptions } from './options.js'
import './home.css'

defineChatKit({ server: location.origin })
setUpEmbedPanel()

const darkness = matchMedia('(prefers-color-scheme: dark)')
const chat = document.createElement('openai-chatkit') as ChatKitElement // defined above
const setOptions = () =>
  chat.setOptions(createOptions({ dark: darkness.matches, search: location.search, hash: location.hash }))

setOptions()
darkness.addEventListener('change', setOptions)

/** The address names the open thread, so that a reload, a bookmark and the back button find it again. */
let shown = location.hash.slice(1)
chat.addEventListener('chatkit.thread.change', ({ detail: { threadId } }) => {
  if ((threadId ?? '') === decodeURIComponent(shown)) return
  shown = encodeURIComponent(threadId ?? '')
  history.pushState(null, '', shown ? `#${shown}` : location.pathname + location.search)
})
addEventListener('popstate', () => {
  shown = location.hash.slice(1)
  chat.setThreadId(decodeURIComponent(shown) || null).catch((refused: Error) => console.info(refused.message))
})

document.querySelector('main')?.append(chat)
