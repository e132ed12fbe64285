import type { InputValues } from '@parley/protocol'
import type { OwnedRun } from '../../../engine/app-records.js'
import type { Call, NotedThread, RunRecord } from '../../../engine/engine.js'
import { inputsOf } from '../conversations/encode.js'
import { modeOf } from '../decode-call.js'
import { workflowIdOf } from '../encode-answer.js'
import { seconds } from '../encode-time.js'
import { INTERNAL } from '../errors.js'
import type { StreamEvent } from '../messages/event-schema.js'
import { outputsOf, statusOf } from './encode-graph.js'
import type { GraphEventData } from './event-schema.js'
import type { Log, RunDetail, RunResult } from './schema.js'

/** Runs of graphs as they are read afterwards. Source: the ClickAI contract, sections 9 and 16. */

/** What the record of a run knows by itself. */
const factsOf = ({ status, error, usage, steps = [], created_at, ended_at }: RunRecord) => ({
  status: statusOf(status, exceptionsOf({ steps })),
  error: error ? (error.message ?? 'The run failed.') : null,
  elapsed_time: ended_at === undefined ? 0 : (Date.parse(ended_at) - Date.parse(created_at)) / 1000,
  total_tokens: usage?.total_tokens ?? 0,
  total_steps: steps.filter(({ kind }) => kind === 'node').length,
  created_at: seconds(created_at),
  finished_at: ended_at === undefined ? null : seconds(ended_at),
})

/** How many of its nodes failed without failing it. */
const exceptionsOf = ({ steps = [] }: Pick<RunRecord, 'steps'>) => steps.filter((step) => step.is_handled).length

/** What else is known of a run. */
export interface RunFacts {
  workflowId: string
  /** What was asked, where the graph runs for a message. */
  query?: string | undefined
  inputs: InputValues
  /** What was answered so far. */
  answer: string
}

/** The same out of what was said. */
export const encodeFacts = async (
  call: Pick<Call<never>, 'app' | 'appId'>,
  { thread, question, answer }: { thread: NotedThread; question: string; answer: string },
): Promise<RunFacts> => ({
  workflowId: await workflowIdOf(call),
  ...(modeOf(call) === 'advanced-chat' && { query: question }),
  inputs: inputsOf(thread, call.app.inputs ?? []),
  answer,
})

export function encodeDetail(run: RunRecord, { workflowId, query, inputs, answer }: RunFacts): RunDetail {
  return {
    id: run.id,
    workflow_id: workflowId,
    ...factsOf(run),
    inputs: JSON.stringify({ ...inputs, ...(query !== undefined && { 'sys.query': query }) }),
    outputs: run.ended_at === undefined ? {} : outputsOf(answer, query !== undefined),
  }
}

/** The last event of a run that is over. */
export function encodeFinished({ run, userId }: OwnedRun, facts: RunFacts): GraphEventData['workflow_finished'] {
  const { inputs: _, ...result } = encodeDetail(run, facts)
  return { ...result, created_by: { id: userId, user: userId }, exceptions_count: exceptionsOf(run), files: [] }
}

export function encodeLog({ run, userId }: OwnedRun): Log {
  const { status, error, created_at, ...rest } = factsOf(run)
  return {
    id: run.id,
    workflow_run: {
      id: run.id,
      version: '1',
      status,
      error,
      ...rest,
      created_at,
      exceptions_count: exceptionsOf(run),
      triggered_from: 'app-run',
    },
    created_from: 'service-api',
    created_by_role: 'end_user',
    created_by_account: null,
    created_by_end_user: { id: userId, type: 'service_api', is_anonymous: false, session_id: userId },
    created_at,
    details: null,
  }
}

/** What the events of a whole run come to: a failed one is told like any other. */
export function foldRun(events: readonly StreamEvent[]): RunResult | object {
  for (const event of events) {
    if (event.event === 'workflow_finished') {
      const { created_by: _, exceptions_count: __, files: ___, ...data } = event.data
      return { workflow_run_id: event.workflow_run_id, task_id: event.workflow_run_id, data }
    }
    if (event.event === 'workflow_paused') {
      const { outputs, elapsed_time, total_tokens, total_steps, created_at, reasons } = event.data
      const started = events.find((one) => one.event === 'workflow_started')
      const data = {
        id: event.workflow_run_id,
        workflow_id: started?.data.workflow_id ?? '',
        status: 'paused',
        outputs,
        error: null,
        elapsed_time,
        total_tokens,
        total_steps,
        created_at,
        finished_at: null,
        reasons,
      }
      return { workflow_run_id: event.workflow_run_id, task_id: event.workflow_run_id, data }
    }
  }
  return INTERNAL
}
