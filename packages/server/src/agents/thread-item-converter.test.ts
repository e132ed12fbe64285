import type { ThreadItem } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { assistantMessage, NOW, userMessage } from './testing.js'
import { simpleToAgentInput, ThreadItemConverter } from './thread-item-converter.js'

const common = { id: 'i', thread_id: 'thr_1', created_at: NOW }
const user = (text: string) => ({ type: 'message', role: 'user', content: [{ type: 'input_text', text }] })
const attachment = { type: 'file', id: 'atc_1', name: 'a.pdf', mime_type: 'application/pdf' } as const
const tag = { type: 'input_tag', id: 't', text: 'Ada', data: { role: 'boss' }, interactive: false } as const

const cases: [string, ThreadItem, unknown[]][] = [
  [
    'a user message in pieces',
    {
      ...userMessage('', 'm'),
      content: [
        { type: 'input_text', text: 'Hello ' },
        { type: 'input_text', text: 'you' },
      ],
    },
    [{ ...user('Hello you'), id: 'm' }],
  ],
  [
    'an answer, without its annotations',
    assistantMessage('Yes', 'a'),
    [{ type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'Yes' }] }],
  ],
  [
    'a pending client tool call',
    { ...common, type: 'client_tool_call', status: 'pending', call_id: 'c', name: 'locate', arguments: {} },
    [],
  ],
  [
    'a completed client tool call',
    {
      ...common,
      type: 'client_tool_call',
      status: 'completed',
      call_id: 'c',
      name: 'locate',
      arguments: { a: 1 },
      output: { b: 2 },
    },
    [
      { type: 'function_call', id: 'i', callId: 'c', name: 'locate', arguments: '{"a":1}', status: 'completed' },
      { type: 'function_call_result', callId: 'c', name: 'locate', status: 'completed', output: '{"b":2}' },
    ],
  ],
  [
    'a widget',
    { ...common, type: 'widget', widget: { type: 'Card', children: [{ type: 'Text', value: 'Hi' }] } },
    [
      user(
        'The person was shown this graphical widget (id i): {"type":"Card","children":[{"type":"Text","value":"Hi"}]}',
      ),
    ],
  ],
  [
    'a workflow: custom tasks with words only',
    {
      ...common,
      type: 'workflow',
      workflow: {
        type: 'custom',
        expanded: false,
        tasks: [
          { type: 'custom', title: 'Search', content: 'cats', status_indicator: 'complete' },
          { type: 'thought', content: 'Hm', status_indicator: 'none' },
          { type: 'custom', status_indicator: 'none' },
          { type: 'custom', content: 'alone', status_indicator: 'none' },
        ],
      },
    },
    [user('A step that was shown to the person: Search: cats'), user('A step that was shown to the person: alone')],
  ],
  [
    'a task',
    { ...common, type: 'task', task: { type: 'custom', title: 'Done', status_indicator: 'none' } },
    [user('A step that was shown to the person: Done')],
  ],
  ['a task of another kind', { ...common, type: 'task', task: { type: 'image', status_indicator: 'none' } }, []],
  [
    'a form',
    {
      ...common,
      type: 'structured_input',
      status: 'answered',
      inputs: [
        { type: 'freeform', id: 'q1', question: 'Name?', answer: { values: ['Ada', 'Bob'], skipped: false } },
        { type: 'freeform', id: 'q2', question: 'Age?', answer: { values: [], skipped: true } },
        { type: 'freeform', id: 'q3', question: 'Town?' },
      ],
    },
    [
      user(
        'The person was asked these questions (answered):\n- Name?: Ada, Bob\n- Age?: skipped\n- Town?: not answered',
      ),
    ],
  ],
  [
    'hidden context',
    { ...common, type: 'hidden_context_item', content: 'psst' },
    [user('<HiddenContext>\npsst\n</HiddenContext>')],
  ],
  [
    'the server’s own hidden context',
    { ...common, type: 'sdk_hidden_context', content: 'psst' },
    [user('<HiddenContext>\npsst\n</HiddenContext>')],
  ],
  ['an image that is not there yet', { ...common, type: 'generated_image' }, []],
  [
    'an image',
    { ...common, type: 'generated_image', image: { id: 'x', url: 'data:x' } },
    [
      {
        type: 'message',
        role: 'user',
        content: [
          { type: 'input_text', text: 'This image was generated for the person:' },
          { type: 'input_image', detail: 'auto', image: 'data:x' },
        ],
      },
    ],
  ],
  ['the end of a turn', { ...common, type: 'end_of_turn' }, []],
]

describe('simpleToAgentInput', () => {
  it.each(cases)('converts %s', async (_name, item, expected) => {
    expect(await simpleToAgentInput(item)).toEqual(expected)
  })

  it('quotes only what the last item quotes', async () => {
    const quoting = (id: string) => ({ ...userMessage('And this?', id), quoted_text: 'a passage' })
    const input = await simpleToAgentInput([quoting('a'), quoting('b')])
    expect(input).toHaveLength(3)
    expect(input[2]).toEqual(user('The message refers to this passage of the conversation:\na passage'))
  })

  it.each([
    ['an attachment', { ...userMessage('Look'), attachments: [attachment] }],
    ['a mention', { ...userMessage(''), content: [tag] }],
    ['hidden context that is not text', { ...common, type: 'hidden_context_item', content: { a: 1 } } as const],
  ])('refuses %s that nobody has told it how to read', async (_name, item) => {
    await expect(simpleToAgentInput(item)).rejects.toMatchObject({ code: 'not_configured' })
  })
})

describe('an own converter', () => {
  class Own extends ThreadItemConverter {
    override async attachmentToMessageContent() {
      return { type: 'input_text', text: 'the file' } as const
    }
    override tagToMessageContent() {
      return { type: 'input_text', text: 'Ada is the boss' } as const
    }
    override endOfTurnToInput() {
      return { role: 'system', content: 'over' } as const
    }
  }

  it('tells files behind the text and each mention once, in messages of their own', async () => {
    const item = {
      ...userMessage(''),
      content: [
        { type: 'input_text', text: 'Ask ' } as const,
        tag,
        { type: 'input_text', text: ' and ' } as const,
        tag,
      ],
      attachments: [attachment],
    }

    const input = await new Own().toAgentInput([item, { ...common, type: 'end_of_turn' }])

    expect(input).toMatchObject([
      { role: 'user', content: [{ text: 'Ask @Ada and @Ada' }, { text: 'the file' }] },
      { role: 'user', content: [{ text: expect.stringContaining('@') }, { text: 'Ada is the boss' }] },
      { role: 'system', content: 'over' },
    ])
  })
})
