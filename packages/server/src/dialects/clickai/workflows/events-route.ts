import type { Call, RunRecord, RunStream } from '../../../engine/engine.js'
import { findRunOr } from '../../../engine/turns.js'
import { eventStreamResponse } from '../../../http/event-stream.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { writeRun } from '../../write-run.js'
import { queryOf, userOf } from '../decode.js'
import { BROKEN, encoderOf, PING } from '../encode-answer.js'
import { notFound } from '../errors.js'
import { encodeSse } from '../messages/encode-run.js'
import type { StreamEvent } from '../messages/event-schema.js'
import { assertGraph, type ClickAiParts } from '../parts.js'
import { encodeFinished } from './encode.js'
import { readFacts, readWaiting } from './read-run.js'
import { eventsQuerySchema, runEventSchema } from './schema.js'

/** Coming back to a run. Source: the ClickAI contract, section 16.3. */
export function eventsRoute<Context>(parts: ClickAiParts<Context>): Route {
  const { engine, appOf, callOf, report } = parts
  return {
    method: 'GET',
    path: '/v1/workflow/:workflow_run_id/events',
    description: {
      id: 'followWorkflowRun',
      group: 'Workflows',
      summary: 'Read on in a run: what happens from now on, until it ends or a person is asked.',
      modes: ['workflow', 'advanced-chat'],
      query: eventsQuerySchema,
      exampleQuery: { user: 'user_123' },
      failures: [404],
      events: runEventSchema,
    },
    async handle(request, { params: { workflow_run_id: runId = '' }, requestId }) {
      const app = await appOf(request)
      const query = queryOf(request)
      const userId = userOf(query)
      const wanted = checkBody(eventsQuerySchema, query)
      const call = await callOf(request, app, userId)
      assertGraph(call)
      const run = await findRunOr(engine, call, { runId, missing: () => notFound('Workflow run not found.') })
      const followed = await follow(parts, call, {
        run,
        userId,
        withPast: wanted.include_state_snapshot,
        goesOn: wanted.continue_on_pause,
      })
      const writer = writeRun(followed, {
        encode: (events) => events.map(encodeSse),
        heartbeat: PING,
        canReturn: true,
        broken: BROKEN,
        report: (thrown) => report(thrown, request, requestId),
      })
      return eventStreamResponse(writer)
    },
  }
}

interface Following {
  run: RunRecord
  userId: string
  /** What has happened already is told first. */
  withPast: boolean
  /** The stream stays open while a person is asked. */
  goesOn: boolean
}

interface Followed {
  entries: AsyncIterable<StreamEvent[]>
  leave(client: { canReturn: boolean }): void
}

const PAUSES: ReadonlySet<StreamEvent['event']> = new Set(['human_input_required', 'workflow_paused'])

async function follow<Context>(
  parts: ClickAiParts<Context>,
  call: Call<Context>,
  { run: found, userId, withPast, goesOn }: Following,
): Promise<Followed> {
  const { engine } = parts
  const watch = goesOn && found.ended_at === undefined ? await engine.followThread(call, found.thread_id) : undefined
  const run = watch ? await engine.findRun(call, found.id) : found // what happened before the watch is in its record
  const head = { id: run.id, threadId: run.thread_id, attempt: run.attempt }
  if (run.ended_at !== undefined) {
    watch?.leave()
    const data = encodeFinished({ run, userId }, await readFacts(parts, call, run))
    const place = { workflow_run_id: run.id, task_id: run.id }
    return told([{ event: 'workflow_finished', ...place, data }])
  }
  const { encode } = await encoderOf(parts, call, { run: head, userId, record: run })
  const live = run.status === 'waiting' ? undefined : await engine.resumeRun(call, run.thread_id, { runId: run.id })

  async function* readWaitingRun(): AsyncGenerator<StreamEvent[]> {
    const events = (await readWaiting(parts, call, run)).flatMap(encode)
    yield withPast ? events : events.filter(({ event }) => PAUSES.has(event))
  }

  async function* readLiveRun(stream: RunStream): AsyncGenerator<StreamEvent[]> {
    let attempt = 1
    let isPast = true
    for await (const entries of stream.entries) {
      const told = entries.map(({ event }) => {
        if (event.type === 'run.started') attempt = event.attempt
        const events = encode(event)
        return attempt < run.attempt ? events.filter((one) => !PAUSES.has(one.event)) : events // it went on since
      })
      const isEnd = attempt === run.attempt && entries.at(-1)?.event.type === 'run.ended'
      yield (!isPast || withPast ? told : isEnd ? told.slice(-1) : []).flat()
      isPast = false
    }
  }

  async function* read(): AsyncGenerator<StreamEvent[]> {
    try {
      let isPaused = live === undefined
      for await (const events of live ? readLiveRun(live) : readWaitingRun()) {
        isPaused = events.at(-1)?.event === 'workflow_paused'
        yield events
      }
      if (!watch || !isPaused) return
      for await (const next of watch.runs) {
        if (next.run.id !== run.id || next.run.attempt <= run.attempt) continue
        for await (const entries of next.entries) yield entries.flatMap(({ event }) => encode(event))
        if ((await engine.findRun(call, run.id)).ended_at !== undefined) return
      }
    } finally {
      watch?.leave()
    }
  }

  return {
    entries: read(),
    leave(client) {
      live?.leave(client)
      watch?.leave()
    },
  }
}

const told = (events: StreamEvent[]): Followed => ({
  entries: (async function* () {
    yield events
  })(),
  leave: () => undefined,
})
