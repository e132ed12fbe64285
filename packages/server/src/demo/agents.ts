import type { AgentContext } from '../agents/agent-context.js'
import { knowledgeTool } from '../agents/knowledge-tool.js'
import { loadAgentsSdk } from '../agents/sdk.js'
import type { AnyAgent } from '../agents/thread-history.js'
import { calculate } from './calculate.js'
import { demoKnowledge } from './knowledge.js'

/** The front desk, which hands questions about code over to a specialist. Made once, when the first message comes. */
export const demoAgent = (): Promise<AnyAgent> => {
  made ??= makeAgents()
  return made
}

let made: Promise<AnyAgent> | undefined

const STYLE = 'Answer in the language of the person, in short and friendly Markdown.'

async function makeAgents(): Promise<AnyAgent> {
  const { Agent, tool } = await loadAgentsSdk()
  const { z } = await import('zod')
  const knowledge = await knowledgeTool({
    index: demoKnowledge,
    description: 'Searches the handbook of Parley: connecting models, settings, embedding, sign-in, storage, agents.',
  })

  const integrationHelper = new Agent<AgentContext>({
    name: 'Integration helper',
    handoffDescription: 'Helps to embed the chat in a site or app: script tag, HTML, React code, JWT sign-in.',
    instructions: `You help developers to integrate Parley's chat. Always search the handbook first and give them code they can copy. ${STYLE}`,
    tools: [knowledge],
  })

  return new Agent<AgentContext>({
    name: 'Parley guide',
    instructions:
      'You are the front desk of Parley, an open, self-hosted home for agentic chat. Search the handbook for every question about Parley. ' +
      `Hand over to the integration helper when somebody wants code for their own page or app. ${STYLE}`,
    tools: [
      knowledge,
      tool({
        name: 'get_server_time',
        description: 'The date and time on the server.',
        parameters: z.object({}),
        execute: () => new Date().toISOString().replace('T', ' ').replace(/\..*/, ' UTC'),
      }),
      tool({
        name: 'calculate',
        description: 'Works out an arithmetic expression.',
        parameters: z.object({ expression: z.string().describe('For example (19 + 23) * 12.') }),
        execute: ({ expression }) => {
          const result = calculate(expression)
          return result === undefined ? `${expression} is no arithmetic expression.` : `${expression} = ${result}`
        },
      }),
    ],
    handoffs: [integrationHelper],
  })
}
