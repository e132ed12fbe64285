import { z } from 'zod'
import type { ApiDescription } from '../http/route-description.js'

const errorSchema = z
  .object({
    statusCode: z.int(),
    error: z.string().describe('The name of the status, e.g. `Bad Request`.'),
    message: z.string().describe('What happened and what to do about it.'),
    detail: z.string().describe('The same, where clients of LangGraph look for it.'),
  })
  .meta({ id: 'XpertError' })

/** What the documentation says of Xpert's API; two dialects have routes of it. */
export const XPERT_API: ApiDescription = {
  id: 'xpert',
  title: 'Xpert and LangGraph',
  text: 'The API of XpertAI, which the clients of LangGraph speak as well: assistants, threads and runs. LangGraph’s clients find the same at the root of the server, without `/api/ai`. Streams are in the language of whichever client asks, which its request shows; a key or an app may be set to one of the two.',
  groups: [
    'Runs without a thread',
    'Threads',
    'State of threads',
    'Runs',
    'Schedules',
    'Assistants',
    'Store',
    'Chat',
    'Conversations',
    'Messages of a conversation',
    'Feedback',
    'Files',
    'Knowledge',
    'ChatKit sessions',
  ],
  error: errorSchema,
  credentials: ['apiKey', 'clientSecret'],
  failures: [401, 403, 429],
}
