import { z } from 'zod'
import type { RouteDescription } from '../../../http/route-description.js'
import {
  batchSchema,
  cancelQuerySchema,
  feedbackQuerySchema,
  joinQuerySchema,
  listQuerySchema,
  runEndSchema,
  runFeedbackSchema,
  runSchema,
  threadStreamQuerySchema,
  wireRunSchema,
} from './schema.js'

const runs = { group: 'Runs', failures: [404] } as const
const started = { group: 'Runs', failures: [404, 409] } as const
const stateless = { group: 'Runs without a thread', failures: [404] } as const

const hello = { assistant_id: 'APP_ID', input: { messages: [{ role: 'user', content: 'Hello' }] } }
const streamed = { ...hello, stream_mode: ['messages-tuple', 'values'] }
const events = z
  .unknown()
  .describe('What an event is about; its name says which kind it is, e.g. `values` or `messages`.')
const lastEventId = { 'last-event-id': 'The id of the last event that was read; the stream goes on behind it.' }

export const createRun: RouteDescription = {
  ...started,
  id: 'createRun',
  summary: 'Start a run that nobody waits for.',
  body: runSchema,
  example: hello,
  answer: wireRunSchema,
}

export const streamRun: RouteDescription = {
  ...started,
  id: 'streamRun',
  summary: 'Start a run and read it as it is written.',
  text: 'Which events come is what `stream_mode` asks for. `content-location` names the run. An `input` in one of Xpert’s forms is answered with the events of `/v1/chat` instead, unless the key or the app is set to one of the two languages.',
  body: runSchema,
  example: streamed,
  events,
}

export const waitForRun: RouteDescription = {
  ...started,
  id: 'waitForRun',
  summary: 'Start a run and wait for the state it ends with.',
  body: runSchema,
  example: hello,
  answer: runEndSchema,
}

export const createStatelessRun: RouteDescription = { ...createRun, ...stateless, id: 'createStatelessRun' }
export const streamStatelessRun: RouteDescription = { ...streamRun, ...stateless, id: 'streamStatelessRun' }
export const waitForStatelessRun: RouteDescription = { ...waitForRun, ...stateless, id: 'waitForStatelessRun' }

export const createRuns: RouteDescription = {
  ...stateless,
  id: 'createRuns',
  summary: 'Start several runs at once.',
  body: batchSchema,
  example: [hello, hello],
  answer: z.array(wireRunSchema),
}

export const joinStatelessRun: RouteDescription = {
  ...stateless,
  id: 'joinStatelessRunStream',
  summary: 'Read on in a run, up to a minute after its end.',
  query: joinQuerySchema,
  headers: lastEventId,
  events,
}

export const listRuns: RouteDescription = {
  ...runs,
  id: 'listRuns',
  summary: 'List the runs of a thread, newest first.',
  query: listQuerySchema,
  answer: z.array(wireRunSchema),
}

export const getRun: RouteDescription = { ...runs, id: 'getRun', summary: 'Get a run.', answer: wireRunSchema }

export const deleteRun: RouteDescription = {
  ...started,
  id: 'deleteRun',
  summary: 'Forget a run that is over. What it said stays.',
  status: 204,
}

export const joinRun: RouteDescription = {
  ...runs,
  id: 'joinRun',
  summary: 'Wait for the state a run ends with.',
  query: joinQuerySchema,
  answer: runEndSchema,
}

export const joinRunStream: RouteDescription = {
  ...runs,
  id: 'joinRunStream',
  summary: 'Read a run from its beginning, or from where its reader was, and on as it is written.',
  query: joinQuerySchema,
  headers: lastEventId,
  events,
}

export const joinThreadStream: RouteDescription = {
  ...runs,
  id: 'joinThreadStream',
  summary: 'Read every run of a thread: the one that is going on, and those that start while you read.',
  text: 'With the id of the last event that was read it goes on behind it; with `-1` it begins with the first run there was.',
  query: threadStreamQuerySchema,
  headers: lastEventId,
  events,
}

export const giveFeedback: RouteDescription = {
  ...runs,
  id: 'giveRunFeedback',
  summary: 'Say what you think of a run, at an address that its stream handed out.',
  text: 'Asked for by `feedback_keys`. The address is the permission, for three hours; what is said later takes the place of what was said before.',
  credentials: [],
  query: feedbackQuerySchema,
  exampleQuery: { token: 'TOKEN_ID' },
  body: runFeedbackSchema,
  example: { score: 1, comment: 'Just what I needed.' },
  status: 204,
}

export const cancelRun: RouteDescription = {
  ...runs,
  id: 'cancelRun',
  summary: 'Stop a run.',
  text: 'What it has written is kept; with `action=rollback` it goes, and so does the message it answers.',
  query: cancelQuerySchema,
  status: 202,
}
