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
import { type Goal, goalSchema } from './schema.js'

const PATH = '/conversations/:id/goal'

/** What a conversation is for, noted on its thread. */
export function goalRoutes<Context>(parts: XpertParts<Context>): Route[] {
  async function load({ caller, id }: CalledBy<Context>) {
    const { owned, call } = await threadOf(parts, caller, id)
    return { call, goal: encodeGoal(owned.thread) }
  }

  const save = async (context: CalledBy<Context>, change: (goal: Goal) => Goal | null) => {
    const { call, goal = {} } = await load(context)
    const changed = change(goal)
    await parts.engine.noteOnThread(call, context.id, { metadata: { goal: changed } })
    return changed
  }

  return [
    conversationRoute(parts, {
      method: 'GET',
      path: PATH,
      description: about.getGoal,
      async handle(_, context) {
        const { goal } = await load(context)
        if (goal) return Response.json(goal)
        throw new ParleyError('not_found', 'This conversation has no goal. Set one with PUT.')
      },
    }),
    conversationRoute(parts, {
      method: 'PUT',
      path: PATH,
      description: about.setGoal,
      async handle(request, context) {
        const goal = checkBody(goalSchema, await readJson(request))
        return Response.json(await save(context, () => goal))
      },
    }),
    conversationRoute(parts, {
      method: 'PATCH',
      path: PATH,
      description: about.updateGoal,
      async handle(request, context) {
        const change = checkBody(goalSchema, await readJson(request))
        return Response.json(await save(context, (goal) => ({ ...goal, ...change })))
      },
    }),
    conversationRoute(parts, {
      method: 'DELETE',
      path: PATH,
      description: about.deleteGoal,
      async handle(_, context) {
        await save(context, () => null)
        return new Response(null, { status: 204 })
      },
    }),
  ]
}
