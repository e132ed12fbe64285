import type { AppPresentation } from '@parley/protocol/admin'
import { agentApp } from '../agents/agent-runnable.js'
import { describeAgent } from '../agents/describe-agent.js'
import { toolNamesOf } from '../agents/tool-breakpoints.js'
import type { ModelSource } from '../models/model-source.js'
import type { Runnable } from '../runnable/runnable.js'
import { demoAgent } from './agents.js'

/** The app of a fresh server: two agents, two tools and a page of knowledge about Parley. Works without any model. */
export const demoApp = <Context>(models: ModelSource): Runnable<Context> => ({
  ...agentApp<Context>({
    agent: demoAgent,
    toolNames: async () => toolNamesOf(await demoAgent()),
    models,
    steps: {
      search_knowledge: {
        title: 'Looking it up in the handbook',
        done: 'Looked it up in the handbook',
        icon: 'search',
      },
      get_server_time: { title: 'Reading the server’s clock', done: 'Read the server’s clock', icon: 'calendar' },
      calculate: { title: 'Calculating', done: 'Calculated', icon: 'analytics' },
    },
  }),
  describe: async () => describeAgent(await demoAgent()),
})

/** How it presents itself. */
export const DEMO_PRESENTATION: AppPresentation = {
  opening_statement: 'What would you like to know about Parley?',
  suggested_questions: ['What can you do?', 'How do I connect a model?', 'How do I embed the chat in my page?'],
}
