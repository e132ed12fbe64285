import { type ChatState, type Draft, EMPTY_DRAFT, type Upload } from './state.js'

/** Puts away what was begun in the thread on screen and takes out what was begun in the one that comes. */
export function turnToDraft(state: ChatState, threadId: string | null): ChatState {
  const from = state.threadId ?? ''
  const to = threadId ?? ''
  if (from === to) return state
  const { text, tags, quote, attachments, uploads, refusals, answers } = state.composer
  const drafts = new Map(state.drafts).set(from, { text, tags, quote, attachments, uploads, refusals, answers })
  const draft = drafts.get(to) ?? EMPTY_DRAFT
  drafts.delete(to)
  return { ...state, drafts, composer: { ...state.composer, ...draft } }
}

/** A file goes on being sent while another thread is on screen. */
export function changeUpload(state: ChatState, id: string, change: Partial<Upload>): ChatState {
  const changed = <Holder extends Draft>(holder: Holder): Holder =>
    holder.uploads.some((upload) => upload.id === id)
      ? { ...holder, uploads: holder.uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)) }
      : holder
  const drafts = new Map([...state.drafts].map(([key, draft]) => [key, changed(draft)]))
  return { ...state, composer: changed(state.composer), drafts }
}
