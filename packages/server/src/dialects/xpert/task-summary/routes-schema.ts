import type { RouteDescription } from '../../../http/route-description.js'
import { sectionPageSchema, sectionQuerySchema, taskSummarySchema } from './schema.js'

const group = 'Conversations'

export const getTaskSummary: RouteDescription = {
  group,
  id: 'getTaskSummary',
  summary: 'Get what a conversation is for, what it rests on and has made, and what waits for a person.',
  answer: taskSummarySchema,
}

export const listTaskSummarySection: RouteDescription = {
  group,
  id: 'listTaskSummarySection',
  summary: 'List one part of the summary in full, newest first: `outputs`, `sources`, `agents` or `pending`.',
  query: sectionQuerySchema,
  params: { section: 'sources' },
  answer: sectionPageSchema,
}
