import type { FeedbackKind } from '@parley/protocol'
import type { Scope } from './store.js'

/** What a user thinks of an answer: at most one opinion of each. */
export interface FeedbackRecord {
  id: string
  thread_id: string
  /** What it is about: an item, or the run that made a whole answer. */
  subject_id: string
  kind: FeedbackKind
  /** In the user's own words. */
  content?: string
  created_at: string
  updated_at: string
}

/** Feedback together with whose it is. */
export interface OwnedFeedback {
  feedback: FeedbackRecord
  owner: Scope
}

/** What users think; it goes with its thread. `Context` says whose a thread is. */
export interface FeedbackStore<Context> {
  /** Adds it, or puts it in the place of what there is about its subject. @throws {ParleyError} `thread_not_found` */
  save(feedback: FeedbackRecord, context: Context): Promise<void>
  /** What there is about a subject. */
  load(threadId: string, subjectId: string, context: Context): Promise<FeedbackRecord | null>
  /** Everything about a thread, by creation. */
  listOfThread(threadId: string, context: Context): Promise<FeedbackRecord[]>
  /** `false`: there is none. */
  delete(threadId: string, subjectId: string, context: Context): Promise<boolean>
}
