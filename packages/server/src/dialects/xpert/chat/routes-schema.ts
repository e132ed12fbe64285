import { z } from 'zod'
import type { RouteDescription } from '../../../http/route-description.js'
import { chatFrameSchema } from './event-schema.js'
import { directChatSchema } from './input-schema.js'
import { resumeSchema, runControlSchema } from './run-control-schema.js'
import { usageSchema, usedQuerySchema, usedSchema } from './usage-schema.js'

export const chat: RouteDescription = {
  id: 'chat',
  group: 'Chat',
  summary: 'Send a message to an assistant and read the answer as it is written.',
  text: 'The first event names the conversation; send its id as `request.conversationId` to go on in it. With a key or an app that is set to LangGraph’s language the events are those of `/runs/stream`.',
  body: directChatSchema,
  example: { request: { action: 'send', message: { input: { input: 'Hello' } } }, options: { xpertId: 'APP_ID' } },
  events: chatFrameSchema,
  failures: [404, 409],
}

const pauses = { group: 'Runs', answer: runControlSchema, failures: [404, 409] } as const

export const pauseRun: RouteDescription = {
  ...pauses,
  id: 'pauseRun',
  summary: 'Hold an answer that is being written, until it is told to go on.',
  text: 'What was written stays. The answer goes on from the last tool that was called, and writes again what came after it; a restart of the server does not end a pause, another message does.',
}

export const resumeRun: RouteDescription = {
  ...pauses,
  id: 'resumeRun',
  summary: 'Let an answer go on. Join the run to read it.',
  body: resumeSchema,
  example: { pauseId: 'PAUSE_ID' },
}

export const contextUsage: RouteDescription = {
  id: 'contextUsage',
  group: 'Threads',
  summary: 'Ask how many tokens the last run of a thread has used.',
  answer: usageSchema,
  failures: [404],
}

export const threadUsage: RouteDescription = {
  id: 'threadUsage',
  group: 'Threads',
  summary: 'Ask what the runs of a thread have used within some hours.',
  query: usedQuerySchema,
  exampleQuery: { start: '2026-01-01 00' },
  answer: z.array(usedSchema),
  failures: [404],
}
