import { z } from 'zod'
import type { Route } from '../http/route.js'
import type { RouteDescription } from '../http/route-description.js'
import type { Scope } from '../storage/store.js'
import type { UserFacts } from './user-facts.js'

/** Beside the chat's endpoint. `?app=` names another app than the default one. */
const FACTS_PATH = '/api/chatkit/memory'

/** For people: what an app remembers about them, to read and to delete. Whose it is, their own credential says. */
export const factRoutes = (facts: UserFacts, ownerOf: (request: Request) => Promise<Scope>): Route[] => [
  {
    method: 'GET',
    path: FACTS_PATH,
    description: aboutList,
    async handle(request) {
      return answer({ data: await facts.list(await ownerOf(request)) })
    },
  },
  {
    method: 'DELETE',
    path: FACTS_PATH,
    description: aboutForgetAll,
    async handle(request) {
      return answer({ deleted: await facts.forgetAll(await ownerOf(request)) })
    },
  },
  {
    method: 'DELETE',
    path: `${FACTS_PATH}/:fact_id`,
    description: aboutForget,
    async handle(request, { params: { fact_id = '' } }) {
      await facts.forget(fact_id, await ownerOf(request))
      return answer({ deleted: 1 })
    },
  },
]

const answer = (body: object) => Response.json(body, { headers: { 'cache-control': 'no-store' } })

// Schemas are made when somebody reads about them: they would cost every start their time.
const ofApp = () => z.object({ app: z.string().optional().describe('The app, by its id. Absent: the default one.') })
const factSchema = () => z.object({ id: z.string(), text: z.string(), created_at: z.iso.datetime() })
export const factListSchema = () => z.object({ data: z.array(factSchema()) })

const deletedSchema = () => z.object({ deleted: z.int() })

const about = (
  what: Pick<RouteDescription, 'id' | 'summary' | 'failures'>,
  answerSchema: () => z.ZodType,
): RouteDescription => ({
  ...what,
  group: 'Memory',
  get query() {
    return ofApp()
  },
  exampleQuery: { app: 'APP_ID' },
  get answer() {
    return answerSchema()
  },
})

const aboutList = about(
  { id: 'listFacts', summary: 'What the app remembers about the caller across threads, the oldest first.' },
  factListSchema,
)
const aboutForgetAll = about(
  { id: 'forgetAllFacts', summary: 'Make the app forget everything it remembers about the caller.' },
  deletedSchema,
)
const aboutForget = about(
  { id: 'forgetFact', summary: 'Make the app forget one fact about the caller.', failures: [404] },
  deletedSchema,
)
