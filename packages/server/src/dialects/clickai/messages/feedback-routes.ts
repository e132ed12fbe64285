import { ParleyError } from '@parley/protocol'
import { z } from 'zod'
import type { AppRecords } from '../../../engine/app-records.js'
import type { Call, Engine } from '../../../engine/engine.js'
import { findRunOr } from '../../../engine/turns.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { queryOf, readBody, userOf } from '../decode.js'
import type { AppCalls } from '../decode-call.js'
import { failure, invalidParam } from '../errors.js'
import { namedUser, successSchema } from '../schema.js'
import { encodeFeedback } from './encode-feedback.js'
import { feedbackBodySchema, feedbackQuerySchema, feedbackSchema, suggestedSchema } from './schema.js'

export interface FeedbackParts<Context> extends AppCalls<Context> {
  engine: Engine<Context>
  records: AppRecords<Context>
}

/** What people think of answers, and what they may ask next. Source: the ClickAI contract, sections 12 and 14. */
export function feedbackRoutes<Context>(parts: FeedbackParts<Context>): Route[] {
  const { engine, appOf, callOf, records } = parts
  /** The run a message is known by. */
  const messageOf = (call: Call<Context>, runId: string) =>
    findRunOr(engine, call, { runId, missing: () => new ParleyError('item_not_found', 'Message Not Exists.') })

  return [
    {
      method: 'POST',
      path: '/v1/messages/:message_id/feedbacks',
      description: {
        id: 'giveFeedback',
        group: 'Messages',
        summary: 'Say what a user thinks of an answer; `null` takes it back.',
        body: feedbackBodySchema.extend(namedUser),
        example: { rating: 'like', content: 'Very helpful!', user: 'user_123' },
        failures: [404],
        answer: successSchema,
      },
      async handle(request, { params: { message_id: messageId = '' } }) {
        const app = await appOf(request)
        const body = await readBody(request)
        const userId = userOf(body)
        const { rating, content } = checkBody(feedbackBodySchema, body)
        const call = await callOf(request, app, userId)
        const { thread_id: threadId, id: subjectId } = await messageOf(call, messageId)
        if (rating) {
          const kind = rating === 'like' ? 'positive' : 'negative'
          await engine.saveFeedback(call, { threadId, subjectId, kind, content: content ?? undefined })
        } else if (!(await engine.deleteFeedback(call, threadId, subjectId)))
          throw invalidParam('rating', 'rating cannot be None when feedback not exists')
        return Response.json({ result: 'success' })
      },
    },
    {
      method: 'GET',
      path: '/v1/messages/:message_id/suggested',
      description: {
        id: 'suggestQuestions',
        group: 'Messages',
        summary: 'What a user may ask next.',
        query: z.object(namedUser),
        exampleQuery: { user: 'user_123' },
        failures: [404],
        answer: suggestedSchema,
      },
      async handle(request, { params: { message_id: messageId = '' } }) {
        const app = await appOf(request)
        const call = await callOf(request, app, userOf(queryOf(request)))
        const { thread_id: threadId } = await messageOf(call, messageId)
        const data = await engine.suggestQuestions(call, threadId)
        if (!data) throw failure('bad_request', 'Suggested Questions Is Disabled.')
        return Response.json({ result: 'success', data })
      },
    },
    {
      method: 'GET',
      path: '/v1/app/feedbacks',
      description: {
        id: 'listFeedback',
        group: 'App',
        summary: 'List what users think of the answers of this app, newest first.',
        query: feedbackQuerySchema,
        answer: z.object({ data: z.array(feedbackSchema) }),
      },
      async handle(request) {
        const app = await appOf(request)
        const { page, limit } = checkBody(feedbackQuerySchema, queryOf(request))
        const all = await records.feedback(app, { offset: (page - 1) * limit, limit })
        return Response.json({ data: all.map(({ feedback: one, owner }) => encodeFeedback(one, owner)) })
      },
    },
  ]
}
