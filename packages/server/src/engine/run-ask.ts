import type { UserMessageInput } from '@parley/protocol'
import type { MessageOptions, StartOptions } from './engine.js'

/** What a run of its own is asked for: plain JSON, so that it can wait for its turn and begin on another server. */
export type RunAsk =
  | { type: 'message'; input: UserMessageInput; options: Pick<MessageOptions, 'messageId' | 'history' | 'behind'> }
  | { type: 'retry'; itemId: string }

/** How a `queued` run begins. */
export interface QueuedStart {
  ask: RunAsk
  options: Pick<StartOptions, 'whenBusy' | 'branching' | 'pauses' | 'breakpoints'>
  /** Not before this time. */
  due_at?: string
  /** As a `CallKeeper` keeps it. */
  call: unknown
}
