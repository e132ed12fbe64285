import { toWire } from '../transport/to-wire.js'
import type { Call, CallInit, Transport } from '../transport/transport.js'
import { at, type Verbs } from '../transport/verbs.js'
import type { MessageParams, OfUser } from './messages.js'
import { readStream } from './read-stream.js'
import type { WorkflowEvent } from './stream-events.js'
import type { WorkflowForm, WorkflowLogs, WorkflowReply, WorkflowRun } from './types.js'

const FORMS = '/form/human_input'

export interface WorkflowParams extends MessageParams {
  /** A published version; default: the newest. */
  workflowId?: string | undefined
}

/** The run's events, once through. */
export type WorkflowStream = AsyncGenerator<WorkflowEvent, void, undefined>

export interface LogsOf extends CallInit {
  keyword?: string | undefined
  status?: 'succeeded' | 'failed' | 'stopped' | undefined
  page?: number | undefined
  limit?: number | undefined
}

export interface ResumeParams extends OfUser {
  snapshot?: boolean | undefined
  continueOnPause?: boolean | undefined
}

/** What a person answers to the question of a run. */
export interface FormAnswer extends OfUser {
  /** The id of one of its `user_actions`. */
  action: string
  /** By the names of its inputs. */
  inputs?: Record<string, unknown> | undefined
}

export interface RunWorkflow {
  (params: WorkflowParams & { stream: true }): Promise<WorkflowStream>
  (params: WorkflowParams & { stream?: false }): Promise<WorkflowReply>
  (params: WorkflowParams): Promise<WorkflowReply | WorkflowStream>
}

export function workflowsOf({ get, post }: Verbs, { json, send }: Transport) {
  async function run({ stream, workflowId, signal, headers, ...params }: WorkflowParams) {
    const path = workflowId === undefined ? '/workflows/run' : `${at('/workflows', workflowId)}/run`
    const body = { inputs: {}, ...params, response_mode: stream ? 'streaming' : 'blocking' }
    const call = { method: 'POST', path, body, signal, headers, timeoutMs: 0 } satisfies Call
    return stream ? readStream<WorkflowEvent>(await send(call)) : json<WorkflowReply>(call)
  }
  return {
    run: run as RunWorkflow, // one function; the overloads say what `stream` decides
    get: (runId: string, init?: CallInit) => get<WorkflowRun>(at('/workflows/run', runId), undefined, init),
    logs: ({ signal, headers, ...query }: LogsOf = {}) =>
      get<WorkflowLogs>('/workflows/logs', query, { signal, headers }),
    stop: async (taskId: string, { user, ...init }: OfUser) => {
      await post(`${at('/workflows/tasks', taskId)}/stop`, { user }, init)
    },
    /** The events of a run that was left; with a snapshot, from its start; after a pause, as soon as somebody has answered. */
    async resume(runId: string, { user, snapshot, continueOnPause, ...init }: ResumeParams): Promise<WorkflowStream> {
      const query = toWire({ user, includeStateSnapshot: snapshot, continueOnPause })
      return readStream(await send({ method: 'GET', path: `${at('/workflow', runId)}/events`, query, ...init }))
    },
    /** What a run asks a person, by the `form_token` it told. */
    form: (formToken: string, init?: CallInit) => get<WorkflowForm>(at(FORMS, formToken), undefined, init),
    /** Answers it: the run goes on. The first answer counts. */
    async answer(formToken: string, { user, action, inputs = {}, ...init }: FormAnswer) {
      await post(at(FORMS, formToken), { user, action, inputs }, init)
    },
  }
}
