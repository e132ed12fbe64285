import type { ChatKitElement, ChatKitOptions } from '@parley/element'
import { type RefObject, useCallback, useMemo } from 'react'
import { type ChatKitControl, type ChatKitHandlers, splitOptions } from './control.js'
import { useStableOptions } from './stable-options.js'

/** A control for options written anew on every render. The element it is given is kept in `ref`. */
export function useControl(
  given: ChatKitOptions & ChatKitHandlers,
  ref: RefObject<ChatKitElement | null>,
): ChatKitControl {
  const stable = useStableOptions(given)
  const setInstance = useCallback(
    (element: ChatKitElement | null) => {
      ref.current = element
    },
    [ref],
  )
  return useMemo(() => ({ setInstance, ...splitOptions(stable) }), [stable, setInstance])
}
