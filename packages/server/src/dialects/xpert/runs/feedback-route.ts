import { ParleyError } from '@parley/protocol'
import { readJson } from '../../../http/body.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import type { XpertParts } from '../routes.js'
import { decodeFeedback } from './decode-feedback.js'
import { giveFeedback } from './routes-schema.js'
import { runFeedbackSchema } from './schema.js'

/** Feedback on a run from whoever holds its signed address: the address is the permission. */
export const runFeedbackRoute = <Context>({ engine, feedback }: XpertParts<Context>): Route => ({
  method: 'POST',
  path: '/threads/:id/runs/:run/feedback',
  description: giveFeedback,
  async handle(request, { params: { id: threadId = '', run: subjectId = '' } }) {
    const call = await feedback?.callAt(request, subjectId)
    if (!call) throw missing()
    const body = checkBody(runFeedbackSchema, await readJson(request))
    const said = decodeFeedback(body, await engine.loadFeedback(call, threadId, subjectId))
    if (said) await engine.saveFeedback(call, { threadId, subjectId, ...said })
    else await engine.deleteFeedback(call, threadId, subjectId)
    return new Response(null, { status: 204 })
  },
})

/** A wrong, an expired and a foreign signature look the same. */
const missing = () =>
  new ParleyError(
    'not_found',
    'This address takes no feedback, or no longer. Join the stream of a run that has feedback_keys for a new one.',
  )
