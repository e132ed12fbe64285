/** A page with the bare element: made by createElement, set up through setOptions, watched through addEventListener. */
import type { OpenAIChatKit } from '@openai/chatkit'
import { EVENT_NAMES, optionsOfAddress, rememberThread } from './host-window.js'

window.events = []
window.toolCalls = []
window.options = optionsOfAddress()

await customElements.whenDefined('openai-chatkit')
const chat = document.createElement('openai-chatkit') as OpenAIChatKit
window.chat = chat
Object.assign(chat.style, { position: 'fixed', inset: '0' })
for (const name of EVENT_NAMES) {
  chat.addEventListener(name, (event: CustomEvent) => window.events.push({ name, detail: event.detail }))
}
chat.addEventListener('chatkit.thread.change', ({ detail }) => rememberThread(detail.threadId))
window.change = (changed) => chat.setOptions({ ...window.options, ...changed })
chat.setOptions(window.options)
document.getElementById('root')?.append(chat)
