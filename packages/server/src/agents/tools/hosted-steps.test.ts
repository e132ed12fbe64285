import type { AgentConfig } from '@parley/protocol/admin'
import { expect, it } from 'vitest'
import type { ModelEvent } from '../../models/response-events.js'
import { say, scriptedModel } from '../../models/scripted.js'
import { configuredAgents } from '../configured-agent.js'
import { brief, readRun, sourceOf, testRunContext, userMessage } from '../testing.js'

// As the Responses API tells of tools that run at OpenAI.
const event = (value: object) => value as ModelEvent // readers skip what they have no word for

it('E4: tools of OpenAI are passed through, and are steps like others', async () => {
  const answer = say('Bees make honey.')
  const search = { type: 'web_search_call', id: 'ws_1', status: 'in_progress' }
  const code = { type: 'code_interpreter_call', id: 'ci_1', status: 'in_progress', code: '' }
  const model = scriptedModel({
    ...answer,
    events: [
      event({ type: 'response.output_item.added', item: search }),
      event({
        type: 'response.output_item.done',
        item: { ...search, status: 'completed', action: { type: 'search', query: 'bees' } },
      }),
      event({ type: 'response.output_item.added', item: code }),
      event({ type: 'response.output_item.done', item: { ...code, status: 'completed', code: 'print(6 * 7)' } }),
      ...answer.events,
    ],
  })
  const tools: AgentConfig['tools'] = [
    { type: 'web_search' },
    { type: 'code_interpreter' },
    { type: 'image_generation' },
  ]
  const app = configuredAgents({ ...sourceOf(model), kind: 'responses' }).make(
    { instructions: '', tools },
    { on_disconnect: 'cancel', workspace_id: 'shop' },
  )

  const { events, error } = await readRun(app.run(testRunContext([userMessage('What do bees make?')])))

  expect(error).toBeUndefined()
  expect(model.requests[0]?.tools.map((tool) => tool.type === 'hosted_tool' && tool.providerData)).toEqual([
    { type: 'web_search' },
    { type: 'code_interpreter', container: { type: 'auto' } },
    { type: 'image_generation', partial_images: 2 },
  ])
  const done = events.flatMap((one) =>
    one.type === 'thread.item.done' && one.item.type === 'workflow' ? one.item.workflow.tasks : [],
  )
  expect(done).toMatchObject([
    { title: 'Searched the web', content: 'bees', status_indicator: 'complete' },
    { title: 'Ran code', content: 'print(6 * 7)', status_indicator: 'complete' },
  ])
  expect(events.map(brief)).toContain('done assistant_message')
})
