import { render } from 'preact'
import type { ChatSession } from '../store/session.js'
import '../styles/chat.css'
import { Chat } from './chat.js'

/** Draws the session into the element and keeps it up to date; the returned function takes it away again. */
export function mountChat(root: HTMLElement, session: ChatSession): () => void {
  render(<Chat session={session} />, root)
  return () => render(null, root)
}
