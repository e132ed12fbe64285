import type { ThreadMatch } from '@parley/protocol'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ThreadInfo } from '../../store/state.js'
import { IconButton } from '../icon-button.js'
import { useChat, useSession, useText } from '../session-context.js'
import { Marked } from './marked.js'

type Mode = 'shown' | 'renaming' | 'deleting'

/** One earlier chat. Renaming and the question before deleting happen in its own line. */
export function HistoryRow({ thread, match }: { thread: ThreadInfo; match?: ThreadMatch }) {
  const session = useSession()
  const text = useText()
  const options = useChat((state) => state.options.history)
  const isCurrent = useChat((state) => state.threadId === thread.id)
  const [mode, setMode] = useState<Mode>('shown')
  const opener = useFocusWhenBack(mode)
  const title = thread.title || text.untitled
  const done = () => setMode('shown')

  if (mode === 'renaming') return <RenameRow thread={thread} onDone={done} />
  if (mode === 'deleting') return <DeleteRow thread={thread} onDone={done} />
  const open = () => {
    if (match?.excerpt) return session.openMatch(match)
    session.hideHistory()
    return isCurrent ? undefined : session.setThreadId(thread.id)
  }
  return (
    <li class="history-row">
      <button
        type="button"
        class="history-open"
        ref={opener}
        aria-current={isCurrent ? 'true' : undefined}
        onClick={open}
      >
        <bdi>{match && thread.title ? <Marked text={title} marks={match.title_marks} /> : title}</bdi>
        {match?.excerpt && (
          <bdi class="history-excerpt">
            <Marked {...match.excerpt} />
          </bdi>
        )}
      </button>
      <span class="history-actions">
        {options?.showRename !== false && (
          <IconButton icon="pencil" size={16} label={text.renameThread(title)} onClick={() => setMode('renaming')} />
        )}
        {options?.showDelete !== false && (
          <IconButton icon="trash" size={16} label={text.deleteThread(title)} onClick={() => setMode('deleting')} />
        )}
      </span>
    </li>
  )
}

/** Whoever has named or kept the chat is back at its line. */
function useFocusWhenBack(mode: Mode) {
  const opener = useRef<HTMLButtonElement>(null)
  const before = useRef(mode)
  useEffect(() => {
    if (mode === 'shown' && before.current !== 'shown' && document.activeElement === document.body)
      opener.current?.focus()
    before.current = mode
  }, [mode])
  return opener
}

function RenameRow({ thread, onDone }: { thread: ThreadInfo; onDone(): void }) {
  const session = useSession()
  const text = useText()
  const [title, setTitle] = useState(thread.title ?? '')
  const save = async () => {
    onDone()
    const changed = title.trim()
    if (changed && changed !== thread.title) await session.renameThread(thread.id, changed)
  }
  return (
    <li class="history-row">
      <form
        class="history-edit"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <input
          class="text-field"
          ref={focusAndSelect}
          aria-label={text.title}
          value={title}
          onInput={(event) => setTitle(event.currentTarget.value)}
          onKeyDown={(event) => endOnEscape(event, onDone)}
        />
        <div class="history-choice">
          <button type="button" class="button button-ghost" onClick={onDone}>
            {text.cancel}
          </button>
          <button type="submit" class="button button-primary">
            {text.save}
          </button>
        </div>
      </form>
    </li>
  )
}

function DeleteRow({ thread, onDone }: { thread: ThreadInfo; onDone(): void }) {
  const session = useSession()
  const text = useText()
  const title = thread.title || text.untitled
  return (
    <li class="history-row">
      <div
        class="history-edit"
        role="alertdialog"
        aria-label={`${title}: ${text.confirmDelete}`}
        onKeyDown={(event) => endOnEscape(event, onDone)}
      >
        <p>
          <bdi class="history-kept">{title}</bdi>
          {text.confirmDelete}
        </p>
        <div class="history-choice">
          <button type="button" class="button button-ghost" ref={focus} onClick={onDone}>
            {text.cancel}
          </button>
          <button
            type="button"
            class="button button-danger"
            onClick={({ currentTarget }) => {
              focusNextChat(currentTarget)
              session.deleteThread(thread.id).catch(onDone)
            }}
          >
            {text.delete}
          </button>
        </div>
      </div>
    </li>
  )
}

/** Ends what is being done in the row, and leaves the history open. */
function endOnEscape(event: KeyboardEvent, onDone: () => void): void {
  if (event.key !== 'Escape') return
  event.stopPropagation()
  onDone()
}

/** Whoever deletes a chat goes on at the one below, or above where it was the last, or goes back where it was the only one. */
function focusNextChat(button: HTMLElement): void {
  const rows = [...(button.closest('.history')?.querySelectorAll('.history-row') ?? [])]
  const at = rows.findIndex((row) => row.contains(button))
  const next =
    (rows[at + 1] ?? rows[at - 1])?.querySelector('.history-open') ?? document.querySelector('.chat-head .mirrored')
  if (next instanceof HTMLElement) next.focus()
}

const focus = (element: HTMLButtonElement | null) => element?.focus()

function focusAndSelect(element: HTMLInputElement | null): void {
  if (!element || element === document.activeElement) return
  element.focus()
  element.select()
}
