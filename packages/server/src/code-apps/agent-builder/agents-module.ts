import * as sdk from '../agents-sdk-exports.js'
import { WorkflowRun } from './workflow-run.js'

/**
 * `@openai/agents` as an exported program sees it: the SDK itself, but its runs are shown in the chat while they happen,
 * are not done again after a pause, and ask this server's models.
 */
export function workflowAgentsModule(): Record<string, unknown> {
  return { ...sdk, Runner: WorkflowRunner, run: runInWorkflow, withTrace }
}

type RunArguments = Parameters<sdk.Runner['run']>

class WorkflowRunner extends sdk.Runner {
  // @ts-expect-error the SDK's overloads promise a live result; a program reads what is in both
  override run(...[agent, input, options]: RunArguments): Promise<unknown> {
    const run = WorkflowRun.current()
    if (!run || isState(input)) return super.run(agent, input, options as never)
    return run.runAgent(agent, input, options?.context)
  }
}

/** The function form, with the default runner. */
function runInWorkflow(...[agent, input, options]: RunArguments): Promise<unknown> {
  return new WorkflowRunner().run(agent, input, options)
}

/** Traces are kept by this server and sent nowhere. */
function withTrace<Result>(_trace: unknown, program: (trace: unknown) => Result): Result {
  return program(undefined)
}

const isState = (input: RunArguments[1]): input is Exclude<RunArguments[1], string | unknown[]> =>
  typeof input === 'object' && !Array.isArray(input)
