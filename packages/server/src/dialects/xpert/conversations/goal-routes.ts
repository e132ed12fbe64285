import { ParleyError } from '@parley/protocol'
import { threadOf } from '../../../engine/caller-threads.js'
import { readJson } from '../../../http/body.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import type { CalledBy } from '../caller-route.js'
import type { XpertParts } from '../routes.js'
import { conversationRoute } from './conversation-route.js'
import { encodeGoal } from './encode.js'
import * as about from './routes-schema.js'
import { type Goal, goalChangeSchema, goalSetSchema } from './schema.js'

const PATH = '/conversations/:id/goal'

/** What a conversation is for, noted on its thread. */
export function goalRoutes<Context>(parts: XpertParts<Context>): Route[] {
  const load = async ({ caller, id }: CalledBy<Context>) => threadOf(parts, caller, id)

  /** Nothing of the body is looked at before the conversation is found. */
  async function save(context: CalledBy<Context>, change: (goal: Goal | undefined, now: string) => object | null) {
    const { owned, call } = await load(context)
    const goal = change(encodeGoal(owned.thread), parts.clock.now().toISOString())
    await parts.engine.noteOnThread(call, context.id, { metadata: { goal } })
    const { thread } = (await load(context)).owned
    return encodeGoal(thread) ?? null
  }

  return [
    conversationRoute(parts, {
      method: 'GET',
      path: PATH,
      description: about.getGoal,
      handle: async (_, context) => Response.json(encodeGoal((await load(context)).owned.thread) ?? null),
    }),
    conversationRoute(parts, {
      method: 'PUT',
      path: PATH,
      description: about.setGoal,
      async handle(request, context) {
        const body = await readJson(request)
        const saved = await save(context, (_, now) => {
          const times = { statusUpdatedAt: now, createdAt: now, updatedAt: now }
          return { status: 'active', ...checkBody(goalSetSchema, body), ...times }
        })
        return Response.json(saved)
      },
    }),
    conversationRoute(parts, {
      method: 'PATCH',
      path: PATH,
      description: about.updateGoal,
      async handle(request, context) {
        const body = await readJson(request)
        const saved = await save(context, (goal, now) => {
          if (!goal) throw new ParleyError('not_found', 'This conversation has no goal. Set one with PUT.')
          const change = checkBody(goalChangeSchema, body)
          const isTurned = change.status !== undefined && change.status !== goal.status
          return { ...goal, ...change, updatedAt: now, ...(isTurned && { statusUpdatedAt: now }) }
        })
        return Response.json(saved)
      },
    }),
    conversationRoute(parts, {
      method: 'DELETE',
      path: PATH,
      description: about.deleteGoal,
      async handle(_, context) {
        let taken: Goal | undefined
        await save(context, (goal) => {
          taken = goal
          return null
        })
        return Response.json(taken ?? null)
      },
    }),
  ]
}
