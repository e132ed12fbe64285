import { useRef } from 'preact/hooks'
import { composes, sends } from './enter-key.js'

/**
 * Enter sends. Some input methods (Korean) commit the last syllable and pass the same Enter on as a line break without
 * another key event: that line break sends, once, with the syllable in the text.
 */
export function useEnterKey(submit: () => void) {
  const composedEnter = useRef(false)
  return {
    onKeyDown(event: KeyboardEvent) {
      composedEnter.current = composes(event) && (event.key === 'Enter' || event.code === 'Enter') && !event.shiftKey
      if (!sends(event)) return
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
