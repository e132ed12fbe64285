import { copyText, isBusy, lastItem, lastUserMessage, pendingQuestion } from '../../store/selectors.js'
import type { ChatSession } from '../../store/session-contract.js'
import type { ChatState } from '../../store/state.js'
import type { Messenger } from './messenger.js'

/**
 * Tells the pet that the element draws on the page what the chat is doing, and what was said last, which it shows in a
 * bubble: not while somebody is in the chat, for the bubble would lie over what they read there. Source: Xpert's description
 * of its pet, and `@xpert-ai/chatkit-web-component` 0.3.4.
 */
export function keepPetPosted(
  session: Pick<ChatSession, 'getState' | 'subscribe'>,
  messenger: Pick<Messenger, 'event'>,
  hasPet: () => boolean,
): void {
  let told = { state: '', summary: '' }

  const tell = () => {
    if (!hasPet()) return
    const chat = session.getState()
    const state = petStateOf(chat)
    const summary = document.hasFocus() ? null : summaryOf(chat)
    const known = { state, summary: JSON.stringify(summary) }
    if (known.state !== told.state) messenger.event('pet_state_change', { state })
    if (known.summary !== told.summary)
      messenger.event('public_event', ['log', { name: 'thread.summary', data: summary }])
    told = known
  }
  session.subscribe(tell)
  window.addEventListener('focus', tell)
  window.addEventListener('blur', tell)
  tell()
}

function petStateOf(chat: ChatState): 'failed' | 'waiting' | 'running' | 'idle' {
  if (chat.problem) return 'failed'
  if (pendingQuestion(chat) || chat.run.phase === 'client_tool') return 'waiting'
  return isBusy(chat) ? 'running' : 'idle'
}

/** `null`: nothing was said yet. */
function summaryOf(chat: ChatState) {
  const { threadId, thread, items, itemIds, problem } = chat
  const asked = lastUserMessage(chat)
  const question = asked?.content.map(({ text }) => text).join('') ?? ''
  const answer = copyText(asked ? itemIds.slice(itemIds.indexOf(asked.id) + 1) : itemIds, items)
  const message = (answer || question).trim()
  const title = (thread?.title ?? question).trim()
  const last = lastItem(chat)
  if (!threadId || !last || !message || !title) return null
  return {
    threadId,
    title,
    message,
    status: isBusy(chat) ? 'running' : problem ? 'failed' : 'completed',
    messageId: last.id,
    updatedAt: last.created_at,
  }
}
