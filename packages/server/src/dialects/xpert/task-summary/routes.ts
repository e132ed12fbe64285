import { ParleyError } from '@parley/protocol'
import { readThread } from '../../../engine/caller-threads.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { conversationRoute } from '../conversations/conversation-route.js'
import { decodeQuery } from '../decode-query.js'
import type { XpertParts } from '../routes.js'
import { collectTasks, encodeTaskSummary } from './encode.js'
import * as about from './routes-schema.js'
import { SECTIONS, type Section, sectionQuerySchema } from './schema.js'

const PATH = '/conversations/:id/task-summary'

/** What a conversation has come to, as a whole and list by list. */
export const taskSummaryRoutes = <Context>(parts: XpertParts<Context>): Route[] => [
  conversationRoute(parts, {
    method: 'GET',
    path: PATH,
    description: about.getTaskSummary,
    handle: async (_, { caller, id }) => Response.json(encodeTaskSummary(await readThread(parts, caller, id))),
  }),
  conversationRoute(parts, {
    method: 'GET',
    path: `${PATH}/:section`,
    description: about.listTaskSummarySection,
    async handle(request, { caller, id, params }) {
      const section = sectionIn(params.section ?? '')
      const { limit, offset } = checkBody(sectionQuerySchema, decodeQuery(request))
      const all = collectTasks(await readThread(parts, caller, id))[section]
      return Response.json({ section, items: all.slice(offset, offset + limit), total: all.length, offset, limit })
    },
  }),
]

function sectionIn(name: string): Section {
  if (Object.hasOwn(SECTIONS, name)) return name as Section // one of its keys
  throw new ParleyError('invalid_request', `section must be one of ${Object.keys(SECTIONS).join(', ')}.`)
}
