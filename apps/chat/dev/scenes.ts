import type { Annotation, RunEvent, ThreadItem } from '@parley/protocol'
import type { ChatOptions } from '../src/store/options.js'
import { allowCancel, answerItem, answerOpens, delta, runEnded, runStarted, userItem } from '../src/testing/builders.js'

/** What a scene shows: the options, the thread it opens, and what is answered to a message. */
export interface Scene {
  options: ChatOptions
  items: ThreadItem[]
  answer(): RunEvent[]
  /** Sent by itself once the page stands. */
  message?: string
}

const BASE: ChatOptions = {
  threadItemActions: { feedback: true, retry: true },
  composer: {
    models: [
      { id: 'fast', label: 'Fast', description: 'Answers at once', default: true },
      { id: 'deep', label: 'Thorough', description: 'Thinks before it answers' },
    ],
    tools: [
      { id: 'docs', label: 'Search the handbook', shortLabel: 'Handbook', icon: 'book-open' },
      { id: 'chart', label: 'Draw a chart', icon: 'chart' },
    ],
  },
  disclaimer: { text: 'Answers can be wrong. Check what matters.' },
}

const PROMPTS = [
  { label: 'Plan a week of dinners for four', prompt: 'Plan dinners', icon: 'calendar' },
  { label: 'Explain how a heat pump works', prompt: 'Explain heat pumps', icon: 'lightbulb' },
  { label: 'Help me write to my landlord', prompt: 'Write a letter', icon: 'write' },
  { label: 'Compare two offers side by side', prompt: 'Compare', icon: 'chart' },
]

const ANSWER = `A heat pump does not make heat; it **moves** it. Even cold outdoor air holds energy, and a refrigerant that boils at −50 °C can pick it up.

## The cycle in four steps

1. **Evaporate.** Outside, the refrigerant takes heat from the air and turns to gas.
2. **Compress.** A compressor squeezes the gas; pressure and temperature rise.
3. **Condense.** Inside, the hot gas gives its heat to the water of your heating.
4. **Expand.** A valve drops the pressure, and the cycle begins again.

| Outdoor air | Flow temperature | Heat per kWh |
|---|---:|---:|
| 7 °C | 35 °C | 4.8 kWh |
| 2 °C | 45 °C | 3.4 kWh |
| −7 °C | 55 °C | 2.2 kWh |

The ratio in the last column is the *coefficient of performance*:

\`\`\`python
def cop(t_cold: float, t_hot: float, quality: float = 0.45) -> float:
    """Share of the ideal Carnot value a real machine reaches."""
    return quality * t_hot / (t_hot - t_cold)

print(round(cop(275.15, 318.15), 1))  # 3.3
\`\`\`

> Lower the flow temperature by one degree and the pump needs about 2.5 % less power.

Read more in the [field study](https://example.org/study), or run \`npm start\` and ask again.`

const at = (needle: string) => ANSWER.indexOf(needle) + needle.length - 1

const SOURCES: Annotation[] = [
  {
    type: 'annotation',
    index: at('moves** it.'),
    source: {
      type: 'url',
      title: 'How heat pumps work',
      url: 'https://energy.example.org/heat-pumps',
      description:
        'A heat pump transfers thermal energy from a cold source to a warmer space, using a refrigerant cycle.',
    },
  },
  {
    type: 'annotation',
    index: at('can pick it up.'),
    source: { type: 'file', title: 'Refrigerants, data sheet', filename: 'r290-properties.pdf' },
  },
  {
    type: 'annotation',
    index: at('can pick it up.'),
    source: {
      type: 'url',
      title: 'Field study of 56 houses',
      url: 'https://www.ise.example.com/field-study',
      timestamp: 'March 2026',
    },
  },
]

const WORKFLOW: ThreadItem = {
  id: 'wf_1',
  thread_id: 'thr_1',
  created_at: '2026-11-20T10:00:00Z',
  type: 'workflow',
  workflow: {
    type: 'custom',
    expanded: false,
    summary: { duration: 7 },
    tasks: [
      { type: 'thought', status_indicator: 'complete', content: 'The question is about physics first, prices second.' },
      {
        type: 'web_search',
        status_indicator: 'complete',
        title: 'Searched the web',
        queries: ['heat pump cycle', 'COP by outdoor temperature'],
        sources: [
          { type: 'url', title: 'How heat pumps work', url: 'https://energy.example.org/heat-pumps' },
          { type: 'url', title: 'Field study', url: 'https://www.ise.example.com/field-study' },
        ],
      },
      {
        type: 'custom',
        status_indicator: 'complete',
        title: 'Looked up the handbook',
        icon: 'book-open',
        content: 'Found **3** passages.',
      },
    ],
  },
}

const WIDGET: ThreadItem = {
  id: 'wid_1',
  thread_id: 'thr_1',
  created_at: '2026-11-20T10:00:00Z',
  type: 'widget',
  widget: {
    type: 'Card',
    status: { text: 'Draft' },
    confirm: { label: 'Book the visit', action: { type: 'book' } },
    cancel: { label: 'Not now', action: { type: 'skip' } },
    children: [
      {
        type: 'Row',
        children: [
          { type: 'Title', value: 'Visit of an engineer' },
          { type: 'Spacer' },
          { type: 'Badge', label: 'Free', color: 'success' },
        ],
      },
      { type: 'Text', value: 'Thursday, 26 November, between 9 and 11 in the morning.' },
      { type: 'Divider' },
      { type: 'Caption', value: 'You can move it until the evening before.' },
    ],
  },
}

const TALK: ThreadItem[] = [
  userItem('u1', 'How does a heat pump work, and is it any good in winter?'),
  WORKFLOW,
  answerItem('a1', ANSWER, SOURCES),
  userItem('u2', 'Can somebody look at our house?'),
  answerItem('a2', 'Yes. I found a free slot this week:'),
  WIDGET,
]

function streamed(id: string, text: string): RunEvent[] {
  return [...answerOpens(id), ...(text.match(/\S+\s*/g) ?? []).map((word) => delta(id, word))]
}

const finished = (id: string, text: string): RunEvent[] => [
  runStarted(),
  allowCancel,
  ...streamed(id, text),
  { type: 'thread.item.done', item: answerItem(id, text, SOURCES) },
  runEnded,
]

const running: RunEvent[] = [
  runStarted(),
  allowCancel,
  {
    type: 'thread.item.added',
    item: {
      ...WORKFLOW,
      id: 'wf_2',
      workflow: { ...(WORKFLOW as Extract<ThreadItem, { type: 'workflow' }>).workflow, summary: undefined },
    } as ThreadItem,
  },
]

export const SCENES: Record<string, Scene> = {
  start: { options: { ...BASE, startScreen: { prompts: PROMPTS } }, items: [], answer: () => finished('a9', ANSWER) },
  talk: { options: BASE, items: TALK, answer: () => finished('a9', ANSWER) },
  streaming: {
    options: BASE,
    items: TALK,
    message: 'And how loud is it?',
    answer: () => [
      runStarted(),
      allowCancel,
      ...streamed('a9', 'Modern units reach about **35 dB** at three metres, which is'),
    ],
  },
  working: { options: BASE, items: TALK, message: 'Please check the prices of last month.', answer: () => running },
  error: {
    options: BASE,
    items: TALK,
    message: 'And how loud is it?',
    answer: () => [
      runStarted(),
      {
        type: 'notice',
        level: 'warning',
        message: 'The handbook is from **2024**; newer models are quieter.',
        title: 'Older source',
      },
      { type: 'error', code: 'stream.error', allow_retry: true },
      { ...runEnded, status: 'failed' } as RunEvent,
    ],
  },
  question: {
    options: BASE,
    items: [
      userItem('u1', 'Find me a plan.'),
      {
        id: 'q1',
        thread_id: 'thr_1',
        created_at: '2026-11-20T10:00:00Z',
        type: 'structured_input',
        status: 'pending',
        inputs: [
          {
            type: 'multiple_choice',
            id: 'size',
            question: 'How large is your house?',
            multiple: false,
            options: [{ value: 'Below 100 m²' }, { value: '100 to 200 m²' }],
          },
          { type: 'freeform', id: 'town', question: 'Where is it?', description: 'The town is enough.' },
        ],
      },
    ],
    answer: () => finished('a9', ANSWER),
  },
  history: { options: BASE, items: TALK, answer: () => finished('a9', ANSWER) },
}
