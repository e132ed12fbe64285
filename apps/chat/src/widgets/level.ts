import { createContext } from 'preact'

/** How deep a component lies in its tree. */
export const Level = createContext(0)

/** Deeper than any widget a person could read; what lies below is not drawn. */
export const MOST_LEVELS = 32
