import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

export interface ListKeys {
  /** -1 and 1: to the line before and after. */
  move(step: number): void
  /** The line that is marked is taken. `false`: there is none, so the key keeps its usual meaning. */
  choose(): boolean
  /** Back to the list before this one. `false`: there is none. */
  back(): boolean
  close(): void
}

/**
 * While a list is open, the keys of the text field that mean something to a list go there first. Keys inside an input
 * method stay its own; when it passes an Enter on as a line break (Korean), that is the Enter of the list.
 */
export function useListKeys(field: RefObject<HTMLTextAreaElement | null>, query: string, keys: ListKeys): void {
  const latest = useRef({ query, keys })
  latest.current = { query, keys }

  useEffect(() => {
    const element = field.current
    if (!element) return
    let isShifted = false
    const onKeyDown = (event: KeyboardEvent) => {
      isShifted = event.shiftKey
      if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return
      if (takes(event, latest.current)) {
        event.preventDefault()
        event.stopImmediatePropagation()
      }
    }
    const onBeforeInput = (event: InputEvent) => {
      const breaksLine = event.inputType === 'insertLineBreak' || event.inputType === 'insertParagraph'
      if (!breaksLine || isShifted || !latest.current.keys.choose()) return
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    const stop = new AbortController()
    element.addEventListener('keydown', onKeyDown, { capture: true, signal: stop.signal })
    element.addEventListener('beforeinput', onBeforeInput, { capture: true, signal: stop.signal })
    return () => stop.abort()
  }, [field])
}

function takes(event: KeyboardEvent, { query, keys }: { query: string; keys: ListKeys }): boolean {
  switch (event.key) {
    case 'ArrowDown':
    case 'ArrowUp':
      keys.move(event.key === 'ArrowDown' ? 1 : -1)
      return true
    case 'Enter':
    case 'Tab':
      return !event.shiftKey && keys.choose()
    case 'Backspace':
    case 'ArrowLeft':
      return query === '' && keys.back()
    case 'Escape':
      if (!keys.back()) keys.close()
      return true
    default:
      return false
  }
}
