import type { RefObject } from 'preact'
import { IconButton } from '../icon-button.js'
import { useChat, useText } from '../session-context.js'
import { writeText } from './write-text.js'

/** Begins a mention where the cursor is, for those who do not know the sign for it. */
export function MentionButton({ field }: { field: RefObject<HTMLTextAreaElement | null> }) {
  const text = useText()
  const isOffered = useChat(({ options: { entities } }) => entities?.onTagSearch && entities.showComposerMenu === true)
  if (!isOffered) return null
  const begin = () => {
    const element = field.current
    if (!element) return
    const before = element.value[element.selectionStart - 1]
    writeText(element, before === undefined || /\s/.test(before) ? '@' : ' @')
  }
  return <IconButton icon="at" label={text.mention} onPointerDown={(event) => event.preventDefault()} onClick={begin} />
}
