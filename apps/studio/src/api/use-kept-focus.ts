import { type RefObject, useEffect, useRef } from 'react'

/**
 * Keeps the focus in an element when what had it there is gone, e.g. the button of a row that was deleted: Tab goes on
 * from there, not from the top of the page. `changed`: what is new with every change of its content.
 */
export function useKeptFocus(ref: RefObject<HTMLElement | null>, changed: unknown): void {
  const isInside = useRef(false)
  useEffect(() => {
    const look = ({ target }: FocusEvent) => {
      isInside.current = target instanceof Node && (ref.current?.contains(target) ?? false)
    }
    document.addEventListener('focusin', look)
    return () => document.removeEventListener('focusin', look)
  }, [ref])
  // biome-ignore lint/correctness/useExhaustiveDependencies: changed content is looked at
  useEffect(() => {
    if (isInside.current && document.activeElement === document.body) ref.current?.focus({ preventScroll: true })
  }, [ref, changed])
}
