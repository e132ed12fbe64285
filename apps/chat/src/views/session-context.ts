import { createContext } from 'preact'
import { useContext, useLayoutEffect, useReducer, useRef } from 'preact/hooks'
import type { ChatSession } from '../store/session.js'
import type { ChatState } from '../store/state.js'
import { en, type Text } from '../text/en.js'

export const SessionContext = createContext<ChatSession | null>(null)
export const TextContext = createContext<Text>(en)

export const useText = (): Text => useContext(TextContext)

export function useSession(): ChatSession {
  const session = useContext(SessionContext)
  if (!session) throw new TypeError('A view was drawn outside of <Chat>.')
  return session
}

/** One value out of the state; the component is drawn again when, and only when, that value is another. */
export function useChat<Value>(select: (state: ChatState) => Value): Value {
  const session = useSession()
  const value = select(session.getState())
  const latest = useRef({ select, value })
  latest.current = { select, value }
  const [, redraw] = useReducer((count: number, _: undefined) => count + 1, 0)

  useLayoutEffect(() => {
    const check = () => {
      const { select, value } = latest.current
      if (!Object.is(select(session.getState()), value)) redraw(undefined)
    }
    check() // the state may have moved between drawing and this effect
    return session.subscribe(check)
  }, [session])

  return value
}
