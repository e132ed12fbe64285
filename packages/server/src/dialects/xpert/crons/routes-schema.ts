import { z } from 'zod'
import type { RouteDescription } from '../../../http/route-description.js'
import { cronChangeSchema, cronCountSchema, cronCreateSchema, cronSearchSchema, toldCron } from './schema.js'

/** What the documentation says of schedules. */

const crons = { group: 'Schedules', failures: [404] } as const
const example = {
  assistant_id: 'APP_ID',
  schedule: '0 9 * * 1-5',
  input: { messages: [{ role: 'user', content: 'What is new?' }] },
}

export const createCron: RouteDescription = {
  ...crons,
  id: 'createCron',
  summary: 'Start a run again and again, each on a thread of its own.',
  text: 'With `on_run_completed: "keep"` the threads stay; else each goes with its run. A time that was missed is made up for once.',
  credentials: ['apiKey'],
  body: cronCreateSchema,
  example: { ...example, on_run_completed: 'keep' },
  answer: toldCron,
  failures: [404, 409],
}
export const createThreadCron: RouteDescription = {
  ...createCron,
  id: 'createThreadCron',
  summary: 'Start a run on a thread again and again.',
  text: 'A run that is still going on when the next is due makes that one fall out, unless `multitask_strategy` says otherwise.',
  example,
}
export const searchCrons: RouteDescription = {
  ...crons,
  id: 'searchCrons',
  summary: 'List schedules.',
  body: cronSearchSchema,
  example: { limit: 10, offset: 0 },
  answer: z.array(toldCron),
}
export const countCrons: RouteDescription = {
  ...crons,
  id: 'countCrons',
  summary: 'Count schedules.',
  body: cronCountSchema,
  example: {},
  answer: z.int(),
}
export const updateCron: RouteDescription = {
  ...crons,
  id: 'updateCron',
  summary: 'Change a schedule, or what its runs are asked.',
  credentials: ['apiKey'],
  body: cronChangeSchema,
  example: { enabled: false },
  answer: toldCron,
}
export const deleteCron: RouteDescription = {
  ...crons,
  id: 'deleteCron',
  summary: 'Delete a schedule.',
  credentials: ['apiKey'],
}
