import '../styles/auto-height.css'
import type { ChatSession } from '../store/session.js'
import type { Text } from '../text/en.js'

/** The panel around the chat: its words, and Escape, which closes it unless something in the chat takes it. */
export function linkPanel(session: ChatSession, text: Text): () => void {
  session.tellShell({ words: { open: text.openChat, close: text.closeChat, unread: text.unread } })
  const closeOnEscape = ({ key, defaultPrevented }: KeyboardEvent) => {
    const isTaken = defaultPrevented || session.getState().view === 'history' || document.querySelector('dialog[open]')
    if (key === 'Escape' && !isTaken) session.tellShell({ close: true })
  }
  document.addEventListener('keydown', closeOnEscape)
  return () => document.removeEventListener('keydown', closeOnEscape)
}

/** Tells the element how high the chat wants to be, whenever that changes. */
export function reportHeight(session: ChatSession): () => void {
  document.documentElement.dataset.autoHeight = ''
  let told = 0
  const measure = () => {
    const heights = [...document.querySelectorAll<HTMLElement>(PARTS)].map((part) => part.offsetHeight)
    const height = Math.ceil(heights.reduce((sum, each) => sum + each, 0))
    if (height === told) return
    told = height
    session.tellShell({ height })
  }
  const sizes = new ResizeObserver(measure)
  const watchParts = () => {
    sizes.disconnect()
    for (const part of document.querySelectorAll(PARTS)) sizes.observe(part)
  }
  // The start screen, the thread and the history take each other's place.
  const views = new MutationObserver(watchParts)
  const chat = document.querySelector('.chat')
  if (chat) views.observe(chat, { childList: true, subtree: true })
  watchParts()
  return () => {
    sizes.disconnect()
    views.disconnect()
    delete document.documentElement.dataset.autoHeight
  }
}

/** What stands one below the other; nothing of it is as high as the frame by itself. */
const PARTS = '.chat-head, .offline, .start, .thread > .column, .history > .column, .chat-foot'
