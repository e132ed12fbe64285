import { ParleyError } from '@parley/protocol'
import { holdsJson } from '../../../base/json.js'
import { readThread, threadOf } from '../../../engine/caller-threads.js'
import { partOfPlaces, placesOf, type ThreadPlaces } from '../../../engine/thread-places.js'
import { readJson, readOptionalJson } from '../../../http/body.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { callerRoute } from '../caller-route.js'
import type { XpertCaller, XpertParts } from '../routes.js'
import { decodeUpdate } from './decode-update.js'
import { encodeState, type ThreadParts } from './encode.js'
import * as about from './routes-schema.js'
import { checkpointBodySchema, historySchema, statePatchSchema, stateUpdateSchema, type ThreadState } from './schema.js'

/** The states of a thread: the newest, and those behind it. */
export function stateRoutes<Context>(parts: XpertParts<Context>): Route[] {
  const { engine } = parts
  return [
    callerRoute(parts, {
      method: 'GET',
      path: '/threads/:id/state',
      description: about.getState,
      handle: async (_, { caller, id }) => Response.json(encodeState(await readThread(parts, caller, id))),
    }),
    callerRoute(parts, {
      method: 'GET',
      path: '/threads/:id/state/:checkpoint',
      description: about.getStateAt,
      handle: async (_, { caller, id, params: { checkpoint = '' } }) =>
        Response.json(stateAt(await readPlaces(parts, caller, id), checkpoint)),
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/threads/:id/state/checkpoint',
      description: about.getStateAtCheckpoint,
      async handle(request, { caller, id }) {
        const { checkpoint } = checkBody(checkpointBodySchema, await readJson(request))
        const thread = await readPlaces(parts, caller, id)
        return Response.json(stateAt(thread, checkpoint.checkpoint_id ?? thread.places.head))
      },
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/threads/:id/state',
      description: about.updateState,
      audited: true,
      async handle(request, { caller, id }) {
        const body = checkBody(stateUpdateSchema, await readJson(request))
        const { call } = await threadOf(parts, caller, id)
        const at = body.checkpoint_id ?? body.checkpoint?.checkpoint_id ?? undefined
        const change = decodeUpdate(body, { at })
        if (change) await parts.engine.changeHistory(call, id, change)
        const { checkpoint } = encodeState(await readThread(parts, caller, id))
        return Response.json({ checkpoint, configurable: checkpoint ?? { thread_id: id, checkpoint_ns: '' } })
      },
    }),
    callerRoute(parts, {
      method: 'PATCH',
      path: '/threads/:id/state',
      description: about.patchState,
      audited: true,
      async handle(request, { caller, id }) {
        const { metadata } = checkBody(statePatchSchema, await readJson(request))
        const { call } = await threadOf(parts, caller, id)
        await engine.noteOnThread(call, id, { metadata })
        return new Response(null, { status: 204 })
      },
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/threads/:id/history',
      description: about.getHistory,
      async handle(request, { caller, id }) {
        const { limit, before, metadata, checkpoint } = checkBody(historySchema, await readOptionalJson(request))
        const thread = await readPlaces(parts, caller, id)
        const { places } = thread
        if (places.ids.length === 1) return Response.json([]) // nothing was said
        if (checkpoint?.checkpoint_ns) return Response.json([]) // of a graph inside of the one node, which there is not
        const place =
          typeof before === 'string' ? before : (before?.checkpoint_id ?? before?.configurable?.checkpoint_id)
        const wanted = (state: ThreadState) => !metadata || holdsJson(state.metadata, metadata)
        const only = checkpoint?.checkpoint_id ?? undefined
        const ids = partOfPlaces(places, { before: place, limit: metadata || only ? places.ids.length : limit }).filter(
          (one) => only === undefined || one === only,
        )
        return Response.json(
          ids
            .map((one) => stateAt(thread, one))
            .filter(wanted)
            .slice(0, limit),
        )
      },
    }),
  ]
}

/** A thread with its places. */
async function readPlaces<Context>(
  parts: XpertParts<Context>,
  caller: XpertCaller<Context>,
  threadId: string,
): Promise<ThreadParts & { places: ThreadPlaces }> {
  const { owned, call } = await threadOf(parts, caller, threadId)
  const [{ thread, run }, branches] = await Promise.all([
    parts.engine.readThread(call, threadId),
    parts.engine.readBranches(call, threadId),
  ])
  return { thread, owner: owned.owner, run, places: placesOf(branches) }
}

/** @throws {ParleyError} `not_found` */
function stateAt({ places, run, ...thread }: ThreadParts & { places: ThreadPlaces }, id: string): ThreadState {
  const items = places.itemsUpTo(id)
  if (!items) throw new ParleyError('not_found', `The thread has no checkpoint "${id}".`)
  return id === places.head ? encodeState({ ...thread, run, items }) : encodeState({ ...thread, items }, true)
}
