import { ParleyError } from '@parley/protocol'
import { threadOf } from '../../../engine/caller-threads.js'
import type { Route } from '../../dialect.js'
import type { XpertParts } from '../routes.js'

const PLACES = ['/conversations/:id/services', '/threads/:id/services']

/** What its clients ask of one service, or for a new one. */
const DEEDS: [method: Route['method'], path: string][] = [
  ['POST', '/start'],
  ['GET', '/:service'],
  ['GET', '/:service/logs'],
  ['POST', '/:service/stop'],
  ['POST', '/:service/restart'],
  ['POST', '/:service/preview-session'],
]

/**
 * Services that an agent runs beside a conversation. Apps here run none, which Xpert's clients ask about whenever they open
 * a conversation. Source: the Xpert contract, section 5.10.
 */
export function sandboxRoutes<Context>(parts: XpertParts<Context>): Route[] {
  const route = (method: Route['method'], path: string, answer: () => Response): Route => ({
    method,
    path,
    description: null,
    async handle(request, { params: { id = '' } }) {
      const caller = await parts.callerOf(request)
      await caller.admit('read')
      await threadOf(parts, caller, id)
      return answer()
    },
  })
  return PLACES.flatMap((place) => [
    route('GET', place, () => Response.json([])),
    ...DEEDS.map(([method, path]) => route(method, place + path, noService)),
  ])
}

function noService(): never {
  throw new ParleyError(
    'not_found',
    'Apps here run no services beside a conversation: there is none to ask, start or stop.',
  )
}
