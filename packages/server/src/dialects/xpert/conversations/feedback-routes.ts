import { type FeedbackKind, ParleyError } from '@parley/protocol'
import { type RowSearch, searchRows } from '../../../base/search-rows.js'
import { threadOf } from '../../../engine/caller-threads.js'
import type { FeedbackRecord } from '../../../engine/engine.js'
import { readJson, readOptionalJson } from '../../../http/body.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import type { CalledBy } from '../caller-route.js'
import { decodeQuery } from '../decode-query.js'
import type { XpertParts } from '../routes.js'
import { conversationRoute } from './conversation-route.js'
import { decodeSearch } from './decode-search.js'
import { encodeFeedback } from './encode.js'
import * as about from './routes-schema.js'
import { feedbackChangeSchema, feedbackCreateSchema, partSchema, rowSearchSchema } from './schema.js'

const PATH = '/conversations/:id/messages/:message/feedbacks'
const KINDS: Record<'like' | 'dislike', FeedbackKind> = { like: 'positive', dislike: 'negative' }

/** What the user thinks of messages: one opinion of each, so that lists have one entry or none. */
export function feedbackRoutes<Context>(parts: XpertParts<Context>): Route[] {
  const { engine } = parts

  async function load({ caller, id, params }: CalledBy<Context>) {
    const { call } = await threadOf(parts, caller, id)
    const messageId = params.message ?? ''
    return { call, messageId, known: await engine.loadFeedback(call, id, messageId) }
  }

  /** @throws {ParleyError} `not_found` */
  async function loadKnown(context: CalledBy<Context>) {
    const { known, ...loaded } = await load(context)
    if (known && known.id === context.params.feedback) return { ...loaded, known }
    throw new ParleyError('not_found', 'There is no such feedback on this message.')
  }

  const listed = async (context: CalledBy<Context>, search: RowSearch) => {
    const { known } = await load(context)
    return Response.json(searchRows(known ? [encodeFeedback(known)] : [], search))
  }

  const answer = (feedback: FeedbackRecord, status = 200) => Response.json(encodeFeedback(feedback), { status })

  return [
    conversationRoute(parts, {
      method: 'GET',
      path: PATH,
      description: about.listFeedback,
      handle: (request, context) => listed(context, checkBody(partSchema, decodeQuery(request))),
    }),
    conversationRoute(parts, {
      method: 'POST',
      path: `${PATH}/search`,
      description: about.searchFeedback,
      handle: async (request, context) =>
        listed(context, decodeSearch(checkBody(rowSearchSchema, await readOptionalJson(request)))),
    }),
    conversationRoute(parts, {
      method: 'POST',
      path: PATH,
      description: about.createFeedback,
      async handle(request, context) {
        const { rating, content } = checkBody(feedbackCreateSchema, await readJson(request))
        const { call, messageId } = await load(context)
        const opinion = { threadId: context.id, subjectId: messageId, kind: KINDS[rating], content }
        return answer(await engine.saveFeedback(call, opinion), 201)
      },
    }),
    conversationRoute(parts, {
      method: 'GET',
      path: `${PATH}/:feedback`,
      description: about.getFeedback,
      handle: async (_, context) => answer((await loadKnown(context)).known),
    }),
    conversationRoute(parts, {
      method: 'PATCH',
      path: `${PATH}/:feedback`,
      description: about.updateFeedback,
      async handle(request, context) {
        const { rating, content } = checkBody(feedbackChangeSchema, await readJson(request))
        const { call, messageId, known } = await loadKnown(context)
        const kind = rating ? KINDS[rating] : known.kind
        const opinion = { threadId: context.id, subjectId: messageId, kind, content: content ?? known.content }
        return answer(await engine.saveFeedback(call, opinion))
      },
    }),
    conversationRoute(parts, {
      method: 'DELETE',
      path: `${PATH}/:feedback`,
      description: about.deleteFeedback,
      async handle(_, context) {
        const { call, messageId } = await loadKnown(context)
        await engine.deleteFeedback(call, context.id, messageId)
        return new Response(null, { status: 202 })
      },
    }),
  ]
}
