import { useEffect, useState } from 'preact/hooks'
import { lazyView } from '../lazy-view.js'
import { useChat } from '../session-context.js'

const QuoteButton = lazyView(async () => (await import('./quote-button.js')).QuoteButton)

/** Offers to quote what is selected in an answer, where an answer to it can be written. */
export function QuoteSelection() {
  const isOpen = useChat((state) => (state.thread?.status?.type ?? 'active') === 'active')
  const [isSelecting, setSelecting] = useState(false)
  useEffect(() => {
    const look = () => setSelecting(isInAnswer(getSelection()))
    document.addEventListener('selectionchange', look)
    return () => document.removeEventListener('selectionchange', look)
  }, [])
  return isOpen && isSelecting ? <QuoteButton /> : null
}

function isInAnswer(selection: Selection | null): boolean {
  if (!selection || selection.isCollapsed) return false
  return [selection.anchorNode, selection.focusNode].every((node) => node?.parentElement?.closest('.assistant-message'))
}
