import type { AppMode, InputField } from '@parley/protocol'

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
  /** Absent: it takes none. `hostedTypes`: the media types that sessions and API keys may send; absent: any. */
  files?: { maxBytes: number; hostedTypes?: readonly string[] }
}
