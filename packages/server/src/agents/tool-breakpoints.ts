import type { Handoff } from '@openai/agents-core'
import type { ToolBreakpoints } from '../runnable/runnable.js'
import { type AnyAgent, isHandoff } from './thread-history.js'

type AnyTool = AnyAgent['tools'][number]

/**
 * The agent, and those it hands over to, as they wait before they call any of these tools. A tool that asks for consent
 * asks, as ever. Tools that a model host runs by itself cannot be waited for.
 * @param held gets the ids of the calls that wait for nothing else
 */
export function withBreakpoints(agent: AnyAgent, breakpoints: ToolBreakpoints, held: Set<string>): AnyAgent {
  const isOne = (name: string) => breakpoints === 'all' || breakpoints.includes(name)
  const made = new Map<AnyAgent, AnyAgent>()

  const waiting = <Tool extends AnyTool>(tool: Tool): Tool => {
    if (tool.type !== 'function' || !isOne(tool.name)) return tool
    const needsApproval: typeof tool.needsApproval = async (context, input, callId) => {
      const asks = await tool.needsApproval(context, input, callId)
      if (!asks && callId !== undefined) held.add(callId)
      return asks || callId !== undefined
    }
    return { ...tool, needsApproval }
  }

  const stopping = (one: AnyAgent): AnyAgent => {
    const known = made.get(one)
    if (known) return known
    const copy = one.clone({ tools: one.tools.map(waiting) })
    made.set(one, copy) // before its handoffs: they may lead back to it
    copy.getMcpTools = async (...given) => (await one.getMcpTools(...given)).map(waiting)
    copy.handoffs = one.handoffs.map((target) => (isHandoff(target) ? handingTo(target) : stopping(target)))
    return copy
  }

  const handingTo = (handoff: Handoff): Handoff => {
    const copy: Handoff = Object.assign(Object.create(Object.getPrototypeOf(handoff)), handoff)
    copy.agent = stopping(handoff.agent)
    copy.onInvokeHandoff = async (...given) => stopping(await handoff.onInvokeHandoff(...given))
    return copy
  }

  return stopping(agent)
}

/** The tools that an agent, and those it hands over to, can be told to wait before. */
export function toolNamesOf(agent: AnyAgent, seen = new Set<AnyAgent>()): string[] {
  if (seen.has(agent)) return []
  seen.add(agent)
  const own = agent.tools.flatMap(({ type, name }) => (type === 'function' ? [name] : []))
  const others = agent.handoffs.flatMap((target) => toolNamesOf(isHandoff(target) ? target.agent : target, seen))
  return [...new Set([...own, ...others])]
}
