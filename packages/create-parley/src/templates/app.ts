/** A first app to go on from: an agent with one tool. */
export const APP_TEMPLATE = `import { Agent, tool } from '@openai/agents'
import { defineApp } from '@parley/server'
import { z } from 'zod'

const getTime = tool({
  name: 'get_time',
  description: 'The date and time in a time zone.',
  parameters: z.object({ timeZone: z.string().describe('For example Europe/Berlin.') }),
  // needsApproval: true, // asks the person in the chat before it runs
  execute: ({ timeZone }) => new Date().toLocaleString('en-GB', { timeZone }),
})

export default defineApp({
  agent: new Agent({
    name: 'Assistant',
    instructions: 'You are a friendly assistant. Answer in the language of the person, in short Markdown.',
    tools: [getTime],
  }),
  steps: { get_time: { title: 'Looking at the clock', done: 'Looked at the clock', icon: 'calendar' } },
})
`
