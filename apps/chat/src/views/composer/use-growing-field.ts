import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect } from 'preact/hooks'

/** Browsers that size a field by its text do so in CSS, without the layout that measuring here would force. */
const SIZES_ITSELF = globalThis.CSS?.supports('field-sizing', 'content') ?? false

/** Fits the field's height to its text (CSS ends the growth at eight lines) and takes the focus when it is asked for. */
export function useGrowingField(
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
  focusRequests: number,
): void {
  useLayoutEffect(() => {
    const element = field.current
    if (!element || SIZES_ITSELF) return
    element.style.setProperty('height', 'auto')
    element.style.setProperty('height', `${element.scrollHeight}px`)
  }, [field, text])

  useEffect(() => {
    if (focusRequests > 0) field.current?.focus()
  }, [field, focusRequests])
}
