import type { RefObject } from 'preact'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { useChat, useSession } from '../session-context.js'
import { findTrigger, type Trigger } from './trigger.js'

/** The search the person is in the middle of writing, as long as the cursor stays at its end. */
export function useTrigger(field: RefObject<HTMLTextAreaElement | null>) {
  const session = useSession()
  const signs = useChat(
    ({ options: { entities, commands } }) =>
      (entities?.onTagSearch ? '@' : '') + (commands?.enabled === true ? '/' : ''),
  )
  const [trigger, setTrigger] = useState<Trigger | null>(null)
  const shown = useRef<Trigger | null>(null)
  const dismissed = useRef<string | null>(null)

  useEffect(() => {
    const look = () => {
      const element = field.current
      const isWriting = element !== null && document.activeElement === element
      const isPlace = isWriting && element.selectionStart === element.selectionEnd
      const { text, tags } = session.getState().composer
      const isCurrent = isWriting && element.value === text
      const found = isPlace && isCurrent ? findTrigger({ text, tags }, element.selectionEnd, signs) : null
      if (!found || dismissed.current !== nameOf(found)) dismissed.current = null
      const open = found && dismissed.current === null ? found : null
      if (isSame(shown.current, open)) return
      shown.current = open
      setTrigger(open)
    }
    const stop = new AbortController()
    document.addEventListener('selectionchange', look, { signal: stop.signal })
    document.addEventListener('focusout', () => queueMicrotask(look), { signal: stop.signal })
    document.addEventListener('focusin', look, { signal: stop.signal })
    const unsubscribe = session.subscribe(look)
    return () => {
      stop.abort()
      unsubscribe()
    }
  }, [session, field, signs])

  /** Closes the search until another one begins. */
  const dismiss = useCallback(() => {
    dismissed.current = shown.current && nameOf(shown.current)
    shown.current = null
    setTrigger(null)
  }, [])
  return { trigger, dismiss }
}

const nameOf = ({ sign, start }: Trigger) => `${sign}${start}`

const isSame = (one: Trigger | null, other: Trigger | null) =>
  one?.start === other?.start && one?.end === other?.end && one?.query === other?.query && one?.sign === other?.sign
