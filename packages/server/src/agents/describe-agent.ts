import type { AgentFacts } from '../runnable/runnable.js'
import type { AnyAgent } from './thread-history.js'

/** What an agent of the Agents SDK is made of, as its author wrote it. */
export const describeAgent = ({ name, instructions, model, tools, handoffs }: AnyAgent): AgentFacts => ({
  name,
  instructions: typeof instructions === 'string' ? instructions : null,
  model: typeof model === 'string' && model !== '' ? model : null,
  tools: tools.map((tool) => ({
    name: tool.name,
    description: 'description' in tool && tool.description ? tool.description : null,
  })),
  handoffs: handoffs.map((target) => ('agent' in target ? target.agent.name : target.name)),
})
