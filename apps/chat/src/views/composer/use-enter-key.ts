import { useRef } from 'preact/hooks'

/**
 * Enter sends, Shift+Enter breaks the line, and Enter inside an input method belongs to the input method. Some methods
 * (Korean) commit the last syllable and pass the same Enter on as a line break without another key event: that line
 * break sends, once, with the syllable in the text.
 */
export function useEnterKey(submit: () => void) {
  const composedEnter = useRef(false)
  return {
    onKeyDown(event: KeyboardEvent) {
      const isComposing = event.isComposing || event.keyCode === 229
      composedEnter.current = isComposing && (event.key === 'Enter' || event.code === 'Enter') && !event.shiftKey
      if (event.key !== 'Enter' || event.shiftKey || isComposing) return
      event.preventDefault()
      submit()
    },
    onBeforeInput(event: InputEvent) {
      const breaksLine = event.inputType === 'insertLineBreak' || event.inputType === 'insertParagraph'
      if (!breaksLine || !composedEnter.current) return
      composedEnter.current = false
      event.preventDefault()
      submit()
    },
  }
}
