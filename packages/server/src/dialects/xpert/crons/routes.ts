import { ParleyError } from '@parley/protocol'
import { onlyAppOf } from '../../../auth/principal.js'
import type { CronRecord } from '../../../crons/crons.js'
import { threadOf } from '../../../engine/caller-threads.js'
import type { Call } from '../../../engine/engine.js'
import { readJson, readOptionalJson } from '../../../http/body.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { type CalledBy, callerRoute } from '../caller-route.js'
import { pageOf } from '../encode-list.js'
import type { XpertCaller, XpertParts } from '../routes.js'
import { decodeBreakpoints } from '../runs/decode-breakpoints.js'
import { decodeAct, startRun, stopReading } from '../runs/run-route.js'
import { type RunBody, runSchema } from '../runs/schema.js'
import * as about from './routes-schema.js'
import {
  type CronFilter,
  cronChangeSchema,
  cronCountSchema,
  cronCreateSchema,
  cronSearchSchema,
  type WireCron,
} from './schema.js'

/** Runs on a schedule. They are a server's to set up: whoever comes with a client secret may not. */
export function cronRoutes<Context>(parts: XpertParts<Context>): Route[] {
  const { crons } = parts

  const create = async (request: Request, { caller }: CalledBy<Context>, threadId?: string) => {
    assertServer(caller)
    const { schedule, end_time, enabled, on_run_completed, ...given } = checkBody(
      cronCreateSchema,
      await readJson(request),
    )
    const body: RunBody = { ...given, ...(on_run_completed && { on_completion: on_run_completed }) }
    const call = await caller.callTo(body.assistant_id)
    const { appId = '' } = call
    await checkRun(caller, call, body)
    if (threadId !== undefined) await parts.threads.bind((await threadOf(parts, caller, threadId)).owned, appId)
    const cron = await crons.create(caller.principal, {
      app_id: appId,
      ...(threadId !== undefined && { thread_id: threadId }),
      schedule,
      ...(end_time && { end_time }),
      enabled: enabled ?? true,
      payload: body,
      metadata: body.metadata ?? {},
      public_url: caller.publicUrl,
    })
    return Response.json(encodeCron(cron))
  }

  /** What a run would be refused for is refused now. @throws {ParleyError} `invalid_request` */
  async function checkRun(caller: XpertCaller<Context>, call: Call<Context>, body: RunBody): Promise<void> {
    decodeAct(body, await caller.languageOf(call.appId ?? ''))
    await decodeBreakpoints(call, body)
  }

  /** A key of one app reaches that app's schedules alone. @throws {ParleyError} `not_found` */
  const load = async (id: string, { principal }: XpertCaller<Context>) => {
    const cron = await crons.load(id, principal)
    const only = onlyAppOf(principal)
    if (only !== undefined && cron.app_id !== only) throw new ParleyError('not_found', `There is no schedule "${id}".`)
    return cron
  }

  const search = async ({ principal }: XpertCaller<Context>, { assistant_id, thread_id, enabled }: CronFilter) =>
    (await crons.list(principal))
      .filter(({ app_id }) => app_id === (onlyAppOf(principal) ?? app_id))
      .map(encodeCron)
      .filter((cron) => !assistant_id || cron.assistant_id === assistant_id)
      .filter((cron) => !thread_id || cron.thread_id === thread_id)
      .filter((cron) => (enabled ?? cron.enabled) === cron.enabled)

  return [
    callerRoute(parts, {
      method: 'POST',
      path: '/runs/crons',
      description: about.createCron,
      cost: 'work',
      audited: true,
      handle: (request, context) => create(request, context),
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/threads/:id/runs/crons',
      description: about.createThreadCron,
      cost: 'work',
      audited: true,
      handle: (request, context) => create(request, context, context.id),
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/runs/crons/search',
      description: about.searchCrons,
      async handle(request, { caller }) {
        const body = checkBody(cronSearchSchema, await readOptionalJson(request))
        return pageOf(await search(caller, body), body)
      },
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/runs/crons/count',
      description: about.countCrons,
      async handle(request, { caller }) {
        return Response.json((await search(caller, checkBody(cronCountSchema, await readOptionalJson(request)))).length)
      },
    }),
    callerRoute(parts, {
      method: 'PATCH',
      path: '/runs/crons/:id',
      description: about.updateCron,
      async handle(request, { caller, id }) {
        assertServer(caller)
        const { schedule, end_time, enabled, metadata, on_run_completed, ...given } = checkBody(
          cronChangeSchema,
          await readJson(request),
        )
        const cron = await load(id, caller)
        const payload = checkBody(runSchema, {
          ...cron.payload,
          ...given,
          ...(on_run_completed && { on_completion: on_run_completed }),
          assistant_id: cron.payload.assistant_id,
        })
        await checkRun(caller, await caller.callTo(cron.app_id), payload)
        const change = { schedule, end_time, enabled: enabled ?? undefined, metadata: metadata ?? undefined, payload }
        return Response.json(encodeCron(await crons.update(id, caller.principal, change)))
      },
    }),
    callerRoute(parts, {
      method: 'DELETE',
      path: '/runs/crons/:id',
      description: about.deleteCron,
      async handle(_, { caller, id }) {
        assertServer(caller)
        await load(id, caller)
        await crons.delete(id, caller.principal)
        return new Response(null, { status: 204 })
      },
    }),
  ]
}

/** Starts one run of a schedule, for its maker; nobody waits for it. */
export async function startCron<Context>(
  parts: XpertParts<Context>,
  caller: XpertCaller<Context>,
  { thread_id, app_id, payload }: CronRecord,
): Promise<void> {
  const body = { ...checkBody(runSchema, payload), assistant_id: app_id }
  await stopReading(await startRun(parts, caller, { threadId: thread_id ?? null, body }))
}

function assertServer<Context>({ principal }: XpertCaller<Context>): void {
  if (principal.session)
    throw new ParleyError('forbidden', 'Schedules are made by servers. Use an API key in place of the client secret.')
}

const encodeCron = (cron: CronRecord): WireCron => ({
  cron_id: cron.id,
  assistant_id: cron.app_id,
  thread_id: cron.thread_id ?? null,
  schedule: cron.schedule,
  end_time: cron.end_time ?? null,
  next_run_date: cron.next_run_at ?? null,
  enabled: cron.enabled,
  ...(cron.thread_id === undefined && { on_run_completed: isKeeping(cron.payload) ? 'keep' : 'delete' }),
  stopped_reason: cron.stopped_reason ?? null,
  payload: cron.payload,
  metadata: cron.metadata,
  user_id: cron.user_id,
  created_at: cron.created_at,
  updated_at: cron.updated_at,
})

/** As `startRun` reads it. */
const isKeeping = ({ on_completion }: CronRecord['payload']) => on_completion === 'keep' || on_completion === 'continue'
