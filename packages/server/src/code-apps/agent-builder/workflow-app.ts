import { ParleyError, type RunEvent } from '@parley/protocol'
import { EventChannel } from '../../agents/event-channel.js'
import { toRunFailure } from '../../agents/run-failure.js'
import { loadAgentsSdk } from '../../agents/sdk.js'
import { titleOf } from '../../agents/thread-title.js'
import { textOf } from '../../chatkit-server/text-of.js'
import type { RunContext, Runnable } from '../../runnable/runnable.js'
import { CustomStreamError } from '../../runnable/stream-errors.js'
import { JournalMismatch } from './journal.js'
import { showBlocked } from './show-blocked.js'
import { showResult } from './show-output.js'
import { type Continuation, isWorkflowCheckpoint, type WorkflowParts, WorkflowRun } from './workflow-run.js'

/** An exported program: Agent Builder's `runWorkflow`. */
export type RunWorkflow = (input: { input_as_text: string } & Record<string, unknown>) => unknown

/** An app that runs an exported program for every message. */
export function workflowApp<Context>(
  runWorkflow: RunWorkflow,
  parts: Omit<WorkflowParts, 'sdk'>,
  onDisconnect?: Runnable<Context>['onDisconnect'],
): Runnable<Context> {
  return {
    mode: 'advanced-chat',
    ...(onDisconnect && { onDisconnect }),
    run(context) {
      const stop = new AbortController()
      const abort = () => stop.abort(context.signal.reason)
      const channel = new EventChannel<RunEvent>(abort)
      if (context.signal.aborted) abort()
      else context.signal.addEventListener('abort', abort, { once: true })
      void runProgram(runWorkflow, parts, { context, channel, signal: stop.signal })
        .then(
          () => channel.end(),
          (thrown) => (stop.signal.aborted ? channel.end() : channel.fail(toWorkflowFailure(thrown))),
        )
        .finally(() => context.signal.removeEventListener('abort', abort))
      return channel
    },
  }
}

async function runProgram(
  runWorkflow: RunWorkflow,
  parts: Omit<WorkflowParts, 'sdk'>,
  { context, channel, signal }: { context: RunContext<unknown>; channel: EventChannel<RunEvent>; signal: AbortSignal },
): Promise<void> {
  const continuation = continuationOf(context)
  if (context.trigger.type === 'structured_input' && !continuation)
    throw new CustomStreamError('This question is no longer open. Ask once more.')
  const begin = beginOf(context)
  if (context.titling && context.thread.title === undefined && context.trigger.type === 'user_message')
    context.thread.title = titleOf(context.trigger.item)
  const run = new WorkflowRun(context, { ...parts, sdk: await loadAgentsSdk() }, channel, signal, begin, continuation)
  const program = run.within(async () => ({ result: await runWorkflow({ input_as_text: run.input }) }))
  const ended = await Promise.race([program, run.stopped.then(() => undefined)])
  if (ended) {
    run.keepState()
    if (!run.hasShown && !(await showBlocked(ended.result, context, channel)))
      await showResult(ended.result, context, channel)
  }
  if (run.usage.requests > 0) channel.push({ type: 'run.usage', run_id: context.run.id, usage: run.usage })
}

/** What the program answers to. */
function beginOf({ trigger }: RunContext<unknown>): { text: string; itemId: string } {
  if (trigger.type === 'user_message' || trigger.type === 'retry')
    return { text: textOf(trigger.item), itemId: trigger.item.id }
  if (trigger.type === 'structured_input') return { text: '', itemId: trigger.item.id } // the checkpoint knows them
  throw new ParleyError('not_configured', 'This workflow answers messages, and nothing else.')
}

function continuationOf({ run, trigger }: RunContext<unknown>): Continuation | undefined {
  if (!isWorkflowCheckpoint(run.checkpoint)) return undefined
  if (trigger.type === 'structured_input') return { checkpoint: run.checkpoint, form: trigger.item }
  return trigger.type === 'retry' ? { checkpoint: run.checkpoint } : undefined
}

function toWorkflowFailure(thrown: unknown): unknown {
  if (!(thrown instanceof JournalMismatch)) return toRunFailure(thrown)
  const changed = 'This workflow was changed while it waited for you, so it cannot go on from here. Ask once more.'
  return new CustomStreamError(changed, false, { cause: thrown })
}
