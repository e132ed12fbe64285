import { Agent, Runner, tool } from '@openai/agents-core'
import type { RunEvent, ThreadItem, ThreadStreamEvent } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ModelEvent } from '../models/response-events.js'
import { callTool, emitEvents, type ScriptedAnswer, say, sayAs, scriptedModel } from '../models/scripted.js'
import { AgentContext } from './agent-context.js'
import { ResponseConverter } from './response-converter.js'
import { type StreamAgentResponseOptions, streamAgentResponse } from './stream-agent-response.js'
import { brief, NOW, readRun, testRunContext, userMessage } from './testing.js'

interface Setup {
  answers: ScriptedAnswer[]
  items?: ThreadItem[]
  agent?: Partial<ConstructorParameters<typeof Agent>[0]>
  prepare?(context: AgentContext): void
  options?: StreamAgentResponseOptions
}

async function run({ answers, items = [userMessage('Hi')], agent, prepare, options }: Setup) {
  const context = new AgentContext(testRunContext(items))
  prepare?.(context)
  const runner = new Runner({ model: scriptedModel(...answers), tracingDisabled: true })
  const result = await runner.run(new Agent({ name: 'Guide', ...agent } as never), 'Hi', { stream: true, context })
  const { events, error } = await readRun(streamAgentResponse(context, result, options))
  return { events, error, told: events.filter(({ type }) => type !== 'reasoning.delta').map(brief), context }
}

const added = (item: Extract<ModelEvent, { type: 'response.output_item.added' }>['item']): ModelEvent => ({
  type: 'response.output_item.added',
  item,
})
const done = (item: Extract<ModelEvent, { type: 'response.output_item.done' }>['item']): ModelEvent => ({
  type: 'response.output_item.done',
  item,
})
const place = { item_id: 'm', content_index: 0 }
const MESSAGE = [
  'added assistant_message',
  'assistant_message.content_part.added',
  'text Hello',
  'assistant_message.content_part.done',
  'done assistant_message',
]

const tellingTool = (tell: (context: AgentContext) => void | Promise<void>, name = 'tell') =>
  tool({
    name,
    description: 'Tells.',
    parameters: z.object({}),
    execute: async (_input, toolContext) => {
      await tell(toolContext?.context as AgentContext)
      return 'told'
    },
  })

describe('A9: messages', () => {
  it('keep the id, the text and the pieces of the model', async () => {
    const { events, told } = await run({ answers: [sayAs('msg_model', 'Hel', 'lo')] })

    expect(told).toEqual([
      'added assistant_message',
      'assistant_message.content_part.added',
      'text Hel',
      'text lo',
      'assistant_message.content_part.done',
      'done assistant_message',
    ])
    expect(events.at(-1)).toMatchObject({ item: { id: 'msg_model', content: [{ text: 'Hello', annotations: [] }] } })
  })

  it.each(['FAKE_ID', 'msg_same'])('with the id %s twice become two items', async (id) => {
    const { events } = await run({
      answers: [
        { ...sayAs(id, 'One'), output: [...sayAs(id, 'One').output, ...callTool('tell').output] },
        sayAs(id, 'Two'),
      ],
      agent: { tools: [tellingTool(() => undefined)] },
    })

    const ids = events.flatMap((event) => (event.type === 'thread.item.done' ? [event.item.id] : []))
    expect(new Set(ids).size).toBe(2)
    expect(ids).not.toContain('FAKE_ID')
    const deltas = events.flatMap((event) => (event.type === 'thread.item.updated' ? [event.item_id] : []))
    expect(new Set(deltas)).toEqual(new Set(ids))
  })

  it('show a refusal as their text', async () => {
    const { events } = await run({
      answers: [
        emitEvents([
          added({ type: 'message', id: 'm', content: [] }),
          { type: 'response.content_part.added', ...place, part: { type: 'refusal', refusal: '' } },
          { type: 'response.refusal.delta', ...place, delta: 'No.' },
          { type: 'response.refusal.done', ...place, refusal: 'No.' },
          done({ type: 'message', id: 'm', content: [{ type: 'refusal', refusal: 'No.' }] }),
        ]),
      ],
    })
    expect(events.at(-1)).toMatchObject({ type: 'thread.item.done', item: { content: [{ text: 'No.' }] } })
  })

  it('come out whole for models that only emit plain text deltas', async () => {
    const context = new AgentContext(testRunContext([userMessage('Hi')]))
    const model = scriptedModel()
    const runner = new Runner({
      tracingDisabled: true,
      model: {
        getResponse: model.getResponse,
        async *getStreamedResponse() {
          yield { type: 'response_started' }
          yield { type: 'output_text_delta', delta: 'Hel' }
          yield { type: 'model', event: { choices: [] } }
          yield { type: 'output_text_delta', delta: 'lo' }
          const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 }
          yield { type: 'response_done', response: { id: 'r', usage, output: say('Hello').output } }
        },
      },
    })
    const result = await runner.run(new Agent({ name: 'Guide' }), 'Hi', { stream: true, context })

    const { events } = await readRun(streamAgentResponse(context, result))

    expect(events.at(-1)).toMatchObject({ type: 'thread.item.done', item: { content: [{ text: 'Hello' }] } })
  })
})

describe('annotations', () => {
  const annotation = (value: object): ModelEvent => ({
    type: 'response.output_text.annotation.added',
    ...place,
    annotation: value,
  })
  const FILE = { type: 'file_citation', file_id: 'f', filename: 'a.md', index: 3 }
  const URL = { type: 'url_citation', url: 'https://x.test', title: 'X', start_index: 0, end_index: 5 }

  it('are converted, numbered without gaps, and stay with the finished message', async () => {
    const { events } = await run({
      answers: [
        emitEvents([
          added({ type: 'message', id: 'm', content: [] }),
          { type: 'response.content_part.added', ...place, part: { type: 'output_text', text: '' } },
          { type: 'response.output_text.delta', ...place, delta: 'Hello' },
          annotation(FILE),
          annotation({ type: 'file_path', file_id: 'f' }),
          annotation({ ...FILE, filename: '' }),
          annotation({ type: 'container_file_citation', filename: 'b.csv', end_index: 4 }),
          annotation(URL),
          { type: 'response.output_text.done', ...place, text: 'Hello' },
          done({
            type: 'message',
            id: 'm',
            content: [{ type: 'output_text', text: 'Hello', annotations: [FILE, URL] }],
          }),
        ]),
      ],
    })

    const updates = events.flatMap((event) =>
      event.type === 'thread.item.updated' && 'annotation' in event.update ? [event.update] : [],
    )
    expect(updates).toMatchObject([
      { annotation_index: 0, annotation: { index: 3, source: { type: 'file', filename: 'a.md', title: 'a.md' } } },
      { annotation_index: 1, annotation: { index: 4, source: { type: 'file', filename: 'b.csv' } } },
      { annotation_index: 2, annotation: { index: 5, source: { type: 'url', url: 'https://x.test', title: 'X' } } },
    ])
    expect(events.at(-1)).toMatchObject({
      item: { content: [{ annotations: [{ source: { type: 'file' } }, { source: { type: 'url' } }] }] },
    })
  })
})

describe('reasoning', () => {
  const thought = (type: 'delta' | 'done', index: number, text: string): ModelEvent =>
    type === 'delta'
      ? { type: 'response.reasoning_summary_text.delta', item_id: 'r', summary_index: index, delta: text }
      : { type: 'response.reasoning_summary_text.done', item_id: 'r', summary_index: index, text }

  it('streams the first thought, adds later ones whole, and ends when the message begins', async () => {
    const { events, told } = await run({
      answers: [
        emitEvents([
          added({ type: 'reasoning', id: 'r' }),
          thought('delta', 0, 'Let'),
          thought('delta', 0, ' me'),
          thought('done', 0, 'Let me'),
          thought('delta', 1, 'The'),
          thought('done', 1, 'Then'),
          ...say('Hello').events,
        ]),
      ],
    })

    expect(told).toEqual(
      [
        'added workflow',
        'workflow.task.added undefined none',
        'workflow.task.updated undefined none',
        'workflow.task.updated undefined none',
        'workflow.task.added undefined none',
        'done workflow',
        ...MESSAGE,
      ].map((line) => line.replace('undefined', '')),
    )
    const finished = events.find(({ type }) => type === 'thread.item.done')
    expect(finished).toMatchObject({
      item: {
        workflow: {
          type: 'reasoning',
          expanded: false,
          summary: { duration: 0 },
          tasks: [
            { type: 'thought', content: 'Let me' },
            { type: 'thought', content: 'Then' },
          ],
        },
      },
    })
  })
})

describe('images', () => {
  it('show previews with progress, then the image', async () => {
    const { events } = await run({
      answers: [
        emitEvents([
          added({ type: 'image_generation_call', id: 'ig' }),
          {
            type: 'response.image_generation_call.partial_image',
            item_id: 'ig',
            partial_image_b64: 'AA',
            partial_image_index: 1,
          },
          done({ type: 'image_generation_call', id: 'ig', result: 'BB' }),
        ]),
      ],
      options: { converter: new ResponseConverter(2) },
    })

    expect(events).toMatchObject([
      { type: 'thread.item.added', item: { type: 'generated_image' } },
      {
        update: {
          type: 'generated_image.updated',
          image: { id: 'ig', url: 'data:image/png;base64,AA' },
          progress: 0.5,
        },
      },
      { type: 'thread.item.done', item: { image: { id: 'ig', url: 'data:image/png;base64,BB' } } },
    ])
  })
})

describe('what tools put into the context', () => {
  it('appears in the answer, and ends an open workflow', async () => {
    const notice: ThreadStreamEvent = { type: 'notice', level: 'info', message: 'Careful.' }
    const { told } = await run({
      answers: [callTool('tell'), say('Hello')],
      agent: {
        tools: [
          tellingTool(async (context) => {
            const task = context.addWorkflowTask({ type: 'custom', title: 'Work', status_indicator: 'loading' })
            context.updateWorkflowTask({ type: 'custom', title: 'Work', status_indicator: 'complete' }, task)
            context.stream(notice)
            await context.streamWidget({ type: 'Card', children: [] })
          }),
        ],
      },
    })
    expect(told).toEqual([
      'added workflow',
      'workflow.task.updated Work complete',
      'notice',
      'done workflow',
      'done widget',
      ...MESSAGE,
    ])
  })

  it('that came before the run began comes first', async () => {
    const { told } = await run({
      answers: [say('Hello')],
      prepare: (context) => context.stream({ type: 'progress_update', text: 'Starting' }),
    })
    expect(told).toEqual(['progress_update', ...MESSAGE])
  })

  it('can end a workflow with a summary of its own', async () => {
    const { events } = await run({
      answers: [say('Hello')],
      prepare: (context) => {
        context.addWorkflowTask({ type: 'custom', title: 'Work', status_indicator: 'complete' })
        context.endWorkflow({ title: 'Worked' }, true)
      },
    })
    expect(events[1]).toMatchObject({ item: { workflow: { summary: { title: 'Worked' }, expanded: true } } })
  })

  it('can be a client tool call, which ends the turn under the ids of the model’s call', async () => {
    const { events } = await run({
      answers: [callTool('locate', {}, 'call_7')],
      agent: {
        toolUseBehavior: { stopAtToolNames: ['locate'] },
        tools: [
          tellingTool((context) => {
            context.clientToolCall = { name: 'locate', arguments: { precise: true } }
          }, 'locate'),
        ],
      },
    })
    expect(events).toMatchObject([
      {
        type: 'thread.item.done',
        item: {
          type: 'client_tool_call',
          status: 'pending',
          call_id: 'call_7',
          name: 'locate',
          arguments: { precise: true },
        },
      },
    ])
    expect(events[0]).toHaveProperty('item.id', expect.stringMatching(/^fc_/))
  })
})

describe('a workflow of the last turn', () => {
  const workflow: ThreadItem = {
    type: 'workflow',
    id: 'wf_old',
    thread_id: 'thr_1',
    created_at: NOW,
    workflow: {
      type: 'custom',
      tasks: [{ type: 'custom', title: 'Old', status_indicator: 'complete' }],
      expanded: true,
    },
  }
  const call: ThreadItem = {
    type: 'client_tool_call',
    id: 'tc',
    thread_id: 'thr_1',
    created_at: NOW,
    status: 'completed',
    call_id: 'c',
    name: 'locate',
    arguments: {},
  }

  it.each([
    ['is the newest item', [userMessage('Hi'), workflow]],
    ['stands before the client tool call', [userMessage('Hi'), workflow, call]],
  ])('goes on when it %s', async (_name, items) => {
    const { events } = await run({ answers: [say('Hello')], items })
    expect(events[0]).toMatchObject({ type: 'thread.item.done', item: { id: 'wf_old', workflow: { expanded: false } } })
  })

  it('stays as it is behind a user message', async () => {
    const { told } = await run({ answers: [say('Hello')], items: [workflow, userMessage('Hi')] })
    expect(told).toEqual(MESSAGE)
  })
})

describe('guardrails', () => {
  const tripped = { name: 'rule', execute: async () => ({ tripwireTriggered: true, outputInfo: {} }) }

  it('take back everything the turn has shown when the output trips one, and throw', async () => {
    const { events, error } = await run({
      answers: [callTool('tell'), sayAs('msg_bad', 'Secret')],
      agent: {
        outputGuardrails: [tripped],
        tools: [
          tellingTool(
            (context) => void context.addWorkflowTask({ type: 'custom', title: 'Work', status_indicator: 'none' }),
          ),
        ],
      },
    })

    expect((error as Error).constructor.name).toBe('OutputGuardrailTripwireTriggered')
    const removed = events.flatMap((event: RunEvent) => (event.type === 'thread.item.removed' ? [event.item_id] : []))
    expect(removed).toContain('msg_bad')
    expect(removed).toContain('workflow_1')
    expect(removed.some((id) => id.startsWith('fc_'))).toBe(true)
  })

  it('stop the run before anything is shown when the input trips one', async () => {
    const { events, error } = await run({
      answers: [say('Hello')],
      agent: { inputGuardrails: [{ ...tripped, runInParallel: false }] },
    })
    expect(events).toEqual([])
    expect((error as Error).constructor.name).toBe('InputGuardrailTripwireTriggered')
  })
})
