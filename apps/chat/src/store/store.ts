import type { ChatAction } from './actions.js'
import { reduce } from './reducer.js'
import type { ChatState } from './state.js'

/** Holds the current state and tells who listens when it was replaced. */
export interface Store {
  getState(): ChatState
  dispatch(action: ChatAction): void
  subscribe(listener: () => void): () => void
}

export function createStore(initial: ChatState): Store {
  let state = initial
  const listeners = new Set<() => void>()
  return {
    getState: () => state,
    dispatch(action) {
      const next = reduce(state, action)
      if (next === state) return
      state = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
