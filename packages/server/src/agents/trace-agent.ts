import type { Runner } from '@openai/agents-core'
import type { Span, Trace } from '../base/trace.js'
import type { AgentContext } from './agent-context.js'
import type { AnyAgent } from './thread-history.js'

/** The agents of one run as parts of it, one after the other. */
export interface TracedAgents {
  /** What models, tools and guardrails belong to: whichever agent is at work. */
  trace: Trace
  /** Makes spans of the tools the runner calls and of handoffs. @returns what ends those that never ended */
  follow(runner: Runner, context: AgentContext<unknown>): () => void
  end(failure?: string): void
}

/** Makes a span of the agent, and of every one it hands over to; does nothing where there are no traces. */
export function traceAgents(trace: Trace, { name }: AnyAgent): TracedAgents {
  const { span } = trace
  if (!span) return { trace, follow: () => () => undefined, end: () => undefined }
  let current = startAgent(span, name)
  let currentName = name
  const goOnWith = (next: string) => {
    if (next === currentName) return
    current.end()
    current = startAgent(span, next)
    currentName = next
  }
  const front: Span = {
    traceparent: span.traceparent,
    keepsContent: span.keepsContent,
    start: (...what) => current.start(...what),
    set: (attributes) => current.set(attributes),
    rename: (better) => current.rename(better),
    end: () => undefined, // agents end with what ends them
  }
  return {
    trace: { ...trace, span: front },
    follow(runner, context) {
      runner.on('agent_start', (_context, agent) => goOnWith(agent.name))
      runner.on('agent_handoff', (_context, _from, to) => {
        current.start(`handoff ${to.name}`, { 'parley.handoff.to': to.name }).end()
        goOnWith(to.name)
      })
      return traceTools(runner, front, context)
    },
    end: (failure) => current.end(failure),
  }
}

const startAgent = (span: Span, name: string): Span =>
  span.start(`invoke_agent ${name}`, { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': name })

/** Makes a span of every tool the runner calls. @returns what ends those that never ended: the run was stopped or failed */
function traceTools(runner: Runner, span: Span, context: AgentContext<unknown>): () => void {
  const open = new Map<string, Span>()
  context.toolSpans = open
  runner.on('agent_tool_start', (_context, _agent, tool, { toolCall }) => {
    const id = callIdOf(toolCall)
    const part = span.start(`execute_tool ${tool.name}`, {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': tool.name,
      'gen_ai.tool.type': 'function',
      'gen_ai.tool.call.id': id,
    })
    if (part.keepsContent && 'arguments' in toolCall) part.set({ 'gen_ai.tool.call.arguments': toolCall.arguments })
    open.set(id, part)
  })
  runner.on('agent_tool_end', (_context, _agent, _tool, result, { toolCall }) => {
    const part = open.get(callIdOf(toolCall))
    if (part?.keepsContent) part.set({ 'gen_ai.tool.call.result': String(result) })
    part?.end()
    open.delete(callIdOf(toolCall))
  })
  return () => {
    for (const part of open.values()) part.end('stopped')
  }
}

const callIdOf = (call: { callId?: string; id?: string }): string => call.callId ?? call.id ?? ''

/** The agent with a span for each of its guardrails; the same agent where there are none, or no traces. */
export function withTracedGuardrails(agent: AnyAgent, span: Span | undefined): AnyAgent {
  const { inputGuardrails, outputGuardrails } = agent
  if (!span || inputGuardrails.length + outputGuardrails.length === 0) return agent
  return agent.clone({
    inputGuardrails: inputGuardrails.map((guardrail) => ({
      ...guardrail,
      execute: (args) => traceGuardrail(guardrail.name, span, async () => guardrail.execute(args)),
    })),
    outputGuardrails: outputGuardrails.map((guardrail) => ({
      ...guardrail,
      execute: (args) => traceGuardrail(guardrail.name, span, async () => guardrail.execute(args)),
    })),
  })
}

/** Makes a span of one check of a guardrail. */
export async function traceGuardrail<Result extends { tripwireTriggered: boolean }>(
  name: string,
  span: Span | undefined,
  check: () => Promise<Result>,
): Promise<Result> {
  const part = span?.start(`guardrail ${name}`, { 'parley.guardrail.name': name })
  try {
    const result = await check()
    part?.set({ 'parley.guardrail.triggered': result.tripwireTriggered })
    part?.end()
    return result
  } catch (thrown) {
    part?.end('failed')
    throw thrown
  }
}
