import { Agent, tool } from '@openai/agents'
import { z } from 'zod'

const HOURS: Record<string, string> = { sunday: 'closed', saturday: '10 to 16', default: '9 to 18' }

const findHours = tool({
  name: 'find_hours',
  description: 'Searches the opening hours of the shop.',
  parameters: z.object({ question: z.string().describe('What the person wants to know, with the day.') }),
  execute: ({ question }) => {
    const day = Object.keys(HOURS).find((name) => question.toLowerCase().includes(name)) ?? 'default'
    return `The shop is open ${HOURS[day]}`.replace('open closed', 'closed')
  },
})

export default new Agent({
  name: 'Shop',
  instructions: 'You answer questions about a shop. Look opening hours up, never guess them. Be friendly and brief.',
  tools: [findHours],
})
