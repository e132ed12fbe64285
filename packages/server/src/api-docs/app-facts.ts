import type { AppMode, InputField } from '@parley/protocol'
import type { StreamLanguage } from '@parley/protocol/admin'

/** What the documentation tells of an app. */
export interface AppFacts {
  id: string
  name: string
  description?: string
  /** Other ids it answers to. */
  aliases: readonly string[]
  mode: AppMode
  /** Answers whoever names no app. */
  isDefault: boolean
  /** What it asks for when a thread begins. */
  inputs: readonly InputField[]
  /** What callers may choose for a message, by the ids they send. */
  choices: { models: readonly string[]; tools: readonly string[] }
  /** The language of its event streams, where one address speaks two. Absent: as the request says. */
  streamLanguage?: StreamLanguage | undefined
  /** Absent: it takes none. `hostedTypes`: the media types that sessions and API keys may send; absent: any. */
  files?: { maxBytes: number; hostedTypes?: readonly string[] }
}

/** Whose language that is, in words. */
export const LANGUAGES = { xpert: 'Xpert’s', langgraph: 'LangGraph’s' } as const
