import { z } from 'zod'
import type { RouteDescription } from '../../../http/route-description.js'
import {
  checkpointBodySchema,
  checkpointSchema,
  historySchema,
  statePatchSchema,
  stateUpdateSchema,
  threadCopySchema,
  threadCountSchema,
  threadCreateSchema,
  threadSearchSchema,
  threadStateSchema,
  threadUpdateSchema,
  wireThreadSchema,
} from './schema.js'

const threads = { group: 'Threads' } as const
const states = { group: 'State of threads', failures: [404] } as const

export const createThread: RouteDescription = {
  ...threads,
  id: 'createThread',
  summary: 'Make a thread, with an id of your own if you like.',
  text: 'A thread that exists is answered as it is, unless `if_exists` is `raise`.',
  body: threadCreateSchema,
  example: { metadata: { customer: '42' } },
  failures: [404, 409],
  answer: wireThreadSchema,
}

export const searchThreads: RouteDescription = {
  ...threads,
  id: 'searchThreads',
  summary: 'Find threads by what was noted on them, newest first.',
  body: threadSearchSchema,
  example: { metadata: { customer: '42' }, limit: 10, offset: 0 },
  answer: z.array(wireThreadSchema),
}

export const countThreads: RouteDescription = {
  ...threads,
  id: 'countThreads',
  summary: 'Count the threads that a search would find.',
  body: threadCountSchema,
  example: { status: 'idle' },
  answer: z.int(),
}

export const getThread: RouteDescription = {
  ...threads,
  id: 'getThread',
  summary: 'Get a thread with its state.',
  failures: [404],
  answer: wireThreadSchema,
}

export const updateThread: RouteDescription = {
  ...threads,
  id: 'updateThread',
  summary: 'Note more on a thread: a given field replaces the one of its name.',
  body: threadUpdateSchema,
  example: { metadata: { solved: true } },
  failures: [404],
  answer: wireThreadSchema,
}

export const deleteThread: RouteDescription = {
  ...threads,
  id: 'deleteThread',
  summary: 'Stop what runs on a thread, and delete it with everything in it.',
  status: 204,
  failures: [404],
}

export const releaseDisplayPause: RouteDescription = {
  ...threads,
  id: 'releaseDisplayPause',
  summary: 'Show a thread as it is again. Answers are stopped here, not paused, so that nothing is left to do.',
  status: 204,
  failures: [404],
}

export const copyThread: RouteDescription = {
  ...threads,
  id: 'copyThread',
  summary: 'Make a new thread with the same messages, all of them or those before one.',
  body: threadCopySchema,
  example: {},
  failures: [404],
  answer: wireThreadSchema,
}

export const getState: RouteDescription = {
  ...states,
  id: 'getThreadState',
  summary: 'Get the newest state of a thread.',
  answer: threadStateSchema,
}

export const getStateAt: RouteDescription = {
  ...states,
  id: 'getThreadStateAt',
  summary: 'Get the state of a thread at a checkpoint.',
  answer: threadStateSchema,
}

export const getStateAtCheckpoint: RouteDescription = {
  ...states,
  id: 'getThreadStateAtCheckpoint',
  summary: 'Get the state of a thread at a checkpoint that the body names.',
  body: checkpointBodySchema,
  example: { checkpoint: { checkpoint_id: 'CHECKPOINT_ID' } },
  answer: threadStateSchema,
}

export const updateState: RouteDescription = {
  ...states,
  id: 'updateThreadState',
  summary: 'Add messages to a thread, or values beside them, without asking the app.',
  body: stateUpdateSchema,
  example: { values: { messages: [{ role: 'assistant', content: 'Hello!' }] } },
  answer: z.object({ checkpoint: checkpointSchema.nullable(), configurable: z.record(z.string(), z.unknown()) }),
  failures: [404, 409],
}

export const patchState: RouteDescription = {
  ...states,
  id: 'patchThreadState',
  summary: 'Note more on a thread.',
  body: statePatchSchema,
  example: { metadata: { solved: true } },
  status: 204,
}

export const getHistory: RouteDescription = {
  ...states,
  id: 'getThreadHistory',
  summary: 'List the states of a thread, newest first: one for each thing that was said.',
  body: historySchema,
  example: { limit: 10 },
  answer: z.array(threadStateSchema),
}
