import { z } from 'zod'
import type { NotedThread } from '../../../engine/engine.js'
import { notesOf } from '../../../engine/notes.js'

/** What its clients call a goal is theirs to word. */
export const goalSchema = z.record(z.string(), z.unknown())
export type Goal = z.infer<typeof goalSchema>

/** What a conversation is for, as it is noted on its thread. */
export function goalOf(thread: NotedThread): Goal | undefined {
  const { goal } = notesOf(thread).metadata ?? {}
  return typeof goal === 'object' && goal !== null ? (goal as Goal) : undefined // written by the routes of goals
}
