import { ClickAI } from '@parley/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { KEYS, startClickAiServer } from '../clickai-server.js'

let server: Awaited<ReturnType<typeof startClickAiServer>>
beforeAll(async () => {
  server = await startClickAiServer()
})
afterAll(() => server?.close())

const workflowsOf = (apiKey: string) => new ClickAI({ apiKey, baseURL: server.base }).workflows

it('D3, D9: a workflow runs at once and as a stream, and its runs are read', async () => {
  const workflows = workflowsOf(KEYS.flow)
  const params = { inputs: { input_text: 'Q4' }, user: 'ada' }

  const { workflow_run_id, data } = await workflows.run(params)
  expect(data).toMatchObject({ status: 'succeeded', outputs: { result: 'Kết quả phân tích: Q4' }, total_steps: 2 })
  expect(await workflows.get(workflow_run_id)).toMatchObject({ status: 'succeeded', total_tokens: 10 })
  const events: string[] = []
  for await (const { event } of await workflows.run({ ...params, stream: true })) events.push(event)
  expect(events[0]).toBe('workflow_started')
  expect(events.at(-1)).toBe('workflow_finished')
  expect(await workflows.logs({ status: 'succeeded', limit: 1 })).toMatchObject({ total: 2, has_more: true })
})

it('D4, D9: a run that asks a person goes on with the answer', async () => {
  const workflows = workflowsOf(KEYS.approval)
  const { workflow_run_id, data } = await workflows.run({ user: 'ada' })
  const token = data.reasons?.[0]?.form_token ?? ''
  expect(data.status).toBe('paused')
  expect((await workflows.form(token)).user_actions.map(({ id }) => id)).toEqual(['Send', 'Keep'])

  const ended = workflows.resume(workflow_run_id, { user: 'ada', continueOnPause: true }).then(async (events) => {
    for await (const event of events) if (event.event === 'workflow_finished') return event.data.outputs
  })
  await workflows.answer(token, { user: 'ada', action: 'Send', inputs: { note: 'Best wishes' } })

  expect(await ended).toEqual({ result: 'Send: Best wishes' })
  await expect(workflows.answer(token, { user: 'ada', action: 'Keep' })).rejects.toMatchObject({ status: 412 })
})
