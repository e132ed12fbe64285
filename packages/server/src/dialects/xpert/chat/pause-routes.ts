import { ParleyError } from '@parley/protocol'
import { quietCall, threadOf } from '../../../engine/caller-threads.js'
import { readJson } from '../../../http/body.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { callerRoute } from '../caller-route.js'
import type { XpertParts } from '../routes.js'
import { stopReading } from '../runs/run-route.js'
import { encodePause, encodePauseId } from './encode-run-control.js'
import * as about from './routes-schema.js'
import { type RunControl, resumeSchema } from './run-control-schema.js'

/** Holding an answer, and letting it go on. Its readers join it again, as those of any run. */
export const pauseRoutes = <Context>(parts: XpertParts<Context>): Route[] => [
  callerRoute(parts, {
    method: 'POST',
    path: '/threads/:id/runs/:run/pause',
    description: about.pauseRun,
    cost: 'follow',
    audited: true,
    async handle(_, { caller, id, params: { run: runId = '' } }) {
      const { call } = await threadOf(parts, caller, id)
      await parts.engine.readRun(call, id, runId)
      const run = await parts.engine.pauseRun(call, id, runId)
      const paused: RunControl = { executionId: run.id, state: 'paused', pauseId: encodePauseId(run) }
      return Response.json(paused)
    },
  }),
  callerRoute(parts, {
    method: 'POST',
    path: '/threads/:id/runs/:run/resume',
    description: about.resumeRun,
    cost: 'work',
    audited: true,
    async handle(request, { caller, id, params: { run: runId = '' } }) {
      const { pauseId } = checkBody(resumeSchema, await readJson(request))
      const { owned } = await threadOf(parts, caller, id)
      const { run } = await parts.engine.readThread(quietCall(caller, owned.owner.appId), id)
      const control = encodePause(run)
      if (control?.executionId !== runId || control.pauseId !== pauseId)
        throw new ParleyError('conflict', 'This pause is over: the run goes on already, or has ended.')
      const call = await caller.callTo(owned.owner.appId)
      await stopReading({ stream: await parts.engine.goOn(call, id) })
      const resumed: RunControl = { ...control, state: 'running' }
      return Response.json(resumed)
    },
  }),
]
