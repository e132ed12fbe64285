import type { RunEvent } from '@parley/protocol'
import { cloneJson, sameJson } from '../base/json.js'
import type { ModelCost, Span, Trace } from '../base/trace.js'
import { endRun, type Outcome } from './end-run.js'
import { takeEvent } from './event-steps.js'
import { mayEndWith, storeHeld } from './held-item.js'
import type { LiveRun } from './live-run.js'
import type { Parts } from './parts.js'
import { createRunContext } from './run-context.js'
import { STOPPED } from './stop-switch.js'
import { visibleThread } from './visible.js'

/** What readers see before the app has its turn. `afterOptions` comes behind `stream_options`. */
export interface Opening {
  events: RunEvent[]
  afterOptions?: RunEvent[]
}

/** Runs the app to its end, whatever it does, and stores and tells how it ended. Never rejects. */
export async function runToEnd<Context>(run: LiveRun<Context>, opening: Opening, parts: Parts<Context>): Promise<void> {
  const { id, thread_id, attempt } = run.record
  const begin = parts.clock.now().getTime()
  const msSince = () => parts.clock.now().getTime() - begin
  const { trace = {} } = run.call
  run.recorded = parts.recorder?.record(run.call.appId ?? 'run', startSpan(run, trace))
  const span = run.recorded?.span ?? startSpan(run, trace)
  run.span = span
  parts.observer?.runStarted()
  run.log.append({ type: 'run.started', run_id: id, thread_id, attempt })
  for (const event of opening.events) run.log.append(event)
  const spent = ({ input, output }: ModelCost) => {
    run.cost = { input: (run.cost?.input ?? 0) + input, output: (run.cost?.output ?? 0) + output }
  }
  const ofRun = { ...trace, ...(span && { span }), spent }
  const outcome = await takeTurn(run, opening, { ...parts, msSince, trace: ofRun })
  run.nodeSpans.end()
  await endRun(run, outcome, parts)
  run.log.close()
  parts.runs.end(run)
  run.markEnded()
  for (const work of run.afterwards) parts.afterwards.add(work, { runId: id, threadId: thread_id })
  if (run.record.webhook && parts.tellEnds) parts.afterwards.add(parts.tellEnds, { runId: id, threadId: thread_id })
  const { status, error } = run.record
  const inputTokens = run.usage?.input_tokens ?? 0
  const outputTokens = run.usage?.output_tokens ?? 0
  span?.set({
    'parley.run.status': status,
    'gen_ai.usage.input_tokens': inputTokens,
    'gen_ai.usage.output_tokens': outputTokens,
  })
  span?.end(status === 'failed' ? (error?.code ?? 'failed') : undefined)
  parts.observer?.runEnded({
    ...(trace.requestId !== undefined && { requestId: trace.requestId }),
    runId: id,
    threadId: thread_id,
    status,
    ...(error && { error: error.code }),
    durationMs: msSince(),
    ...(run.firstTextMs !== undefined && { firstTextMs: run.firstTextMs }),
    inputTokens,
    outputTokens,
  })
}

const startSpan = <Context>({ record, call }: LiveRun<Context>, { span }: Trace): Span | undefined =>
  span?.start(call.appId === undefined ? 'invoke_agent' : `invoke_agent ${call.appId}`, {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.id': call.appId,
    'gen_ai.conversation.id': record.thread_id,
    'parley.run.id': record.id,
    'parley.run.attempt': record.attempt,
  })

interface PullParts<Context> extends Parts<Context> {
  trace: Trace
  msSince(): number
}

/** The app's turn to its end. What it said before it failed or was stopped is stored by then. */
async function takeTurn<Context>(run: LiveRun<Context>, opening: Opening, parts: PullParts<Context>): Promise<Outcome> {
  const outcome = await pullEvents(run, opening, parts)
  const endsWithHeld = outcome.type === 'finished' && !run.held?.storing
  if (!run.held || endsWithHeld) return outcome
  try {
    await storeHeld(run, parts)
    return outcome
  } catch (thrown) {
    run.held = undefined
    return { type: 'failed', thrown }
  }
}

async function pullEvents<Context>(
  run: LiveRun<Context>,
  opening: Opening,
  parts: PullParts<Context>,
): Promise<Outcome> {
  let iterator: AsyncIterator<RunEvent> | undefined
  if (run.pauses) return { type: 'paused' }
  try {
    await sendStreamOptions(run)
    for (const event of opening.afterOptions ?? []) run.log.append(event)
    iterator = run.call.app.run(createRunContext(run, parts.trace, parts))[Symbol.asyncIterator]()
    for (;;) {
      const next = await run.stop.next(iterator)
      if (next === STOPPED) break
      if (next.done) return { type: run.isPausing ? 'paused' : 'finished' }
      if (run.held && !mayEndWith(run.held, next.value)) await storeHeld(run, parts)
      const taken = takeEvent(next.value, run, parts)
      const event = taken instanceof Promise ? await taken : taken
      if (run.firstTextMs === undefined && isText(next.value)) run.firstTextMs = parts.msSince()
      if (event) tell(run, event)
      if (!sameJson(run.thread, run.savedThread)) {
        await storeHeld(run, parts)
        await saveThread(run, parts)
      }
      const pause = run.log.pause()
      if (pause) await pause
    }
  } catch (thrown) {
    abandon(iterator, run, parts)
    return run.stop.reason ? { type: run.stop.reason } : { type: 'failed', thrown }
  }
  abandon(iterator, run, parts)
  return { type: run.stop.reason ?? 'interrupted' }
}

/** Nothing is told before what was said before it. */
function tell<Context>({ held, log }: LiveRun<Context>, event: RunEvent): void {
  if (held) held.told.push(event)
  else log.append(event)
}

const isText = (event: RunEvent): boolean =>
  event.type === 'thread.item.updated'
    ? event.update.type === 'assistant_message.content_part.text_delta'
    : event.type === 'thread.item.done' && event.item.type === 'assistant_message'

async function sendStreamOptions<Context>({ call, thread, log }: LiveRun<Context>): Promise<void> {
  const stream_options = (await call.app.streamOptions?.(thread, call.context)) ?? { allow_cancel: true }
  log.append({ type: 'stream_options', stream_options })
}

async function saveThread<Context>(run: LiveRun<Context>, { store }: Parts<Context>): Promise<void> {
  const thread = cloneJson(run.thread)
  await store.saveThread(thread, run.call.context)
  run.savedThread = thread
  run.log.append({ type: 'thread.updated', thread: visibleThread(thread) })
}

/** Lets the app clean up without waiting for it: a generator answers `return` only when what it awaits is over. */
function abandon<Context>(
  iterator: AsyncIterator<RunEvent> | undefined,
  run: LiveRun<Context>,
  { log }: Parts<Context>,
): void {
  run.stop.abort()
  iterator?.return?.()?.then(undefined, (cause: unknown) => {
    log.debug('An app failed while it was being stopped.', { runId: run.record.id, cause })
  })
}
