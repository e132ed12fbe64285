import type { Runner } from '@openai/agents-core'
import type { Span } from '../base/trace.js'
import type { AnyAgent } from './thread-history.js'

/** Makes a span of every tool the runner calls. @returns what ends those that never ended: the run was stopped or failed */
export function traceTools(runner: Runner, span: Span | undefined): () => void {
  if (!span) return () => undefined
  const open = new Map<string, Span>()
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
