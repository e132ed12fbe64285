import type { Sample } from './sample.js'

type Start = Omit<Extract<Sample, { kind: 'options' }>, 'kind'>
type Event = Omit<Extract<Sample, { kind: 'events' }>, 'kind'>

/** The chat before its first message, by what the page chose. */
export const STARTS: Start[] = [
  {
    id: 'start-screen',
    title: 'Start screen',
    about: 'What a new visitor sees: a greeting and things to ask. The source is what the page passes to setOptions.',
    source: {
      startScreen: {
        greeting: 'What can I help with?',
        prompts: [
          { label: 'Plan a week of dinners for four', prompt: 'Plan dinners', icon: 'calendar' },
          { label: 'Explain how a heat pump works', prompt: 'Explain heat pumps', icon: 'lightbulb' },
          { label: 'Help me write to my landlord', prompt: 'Write a letter', icon: 'write' },
          { label: 'Compare two offers side by side', prompt: 'Compare', icon: 'chart' },
        ],
      },
      disclaimer: { text: 'Answers can be wrong. Check what matters.' },
    },
  },
  {
    id: 'composer',
    title: 'Composer',
    about: 'Attachments, tools and models beside the field, each switched on by an option.',
    source: {
      header: { enabled: true, title: { enabled: true, text: 'Handbook' } },
      composer: {
        placeholder: 'Ask about the handbook',
        attachments: { enabled: true },
        models: [
          { id: 'fast', label: 'Fast', description: 'Answers at once', default: true },
          { id: 'deep', label: 'Thorough', description: 'Thinks before it answers' },
        ],
        tools: [
          { id: 'docs', label: 'Search the handbook', shortLabel: 'Handbook', icon: 'book-open', pinned: true },
          { id: 'chart', label: 'Draw a chart', icon: 'chart' },
        ],
      },
      startScreen: { greeting: 'Ask the handbook' },
    },
  },
]

/** What a server can send beside items. The stream of the first stays open, as while an agent works. */
export const EVENTS: Event[] = [
  {
    id: 'progress_update',
    about: 'One line that says what is going on, until the next item comes.',
    question: 'How was last month?',
    source: [{ type: 'progress_update', text: 'Reading 240 invoices', icon: 'search' }],
  },
  {
    id: 'notice',
    about: 'A message beside the conversation, in Markdown: info, warning or danger.',
    question: 'How loud is it?',
    source: [
      { type: 'notice', level: 'info', message: 'Prices are without tax.' },
      {
        type: 'notice',
        level: 'warning',
        title: 'Older source',
        message: 'The handbook is from **2024**; newer models are quieter.',
      },
      { type: 'notice', level: 'danger', title: 'Almost used up', message: 'Two messages are left today.' },
    ],
  },
  {
    id: 'error',
    about: 'The run failed. With code `custom` the person reads `message`, else words of the chat in their language.',
    question: 'And how loud is it?',
    source: [
      { type: 'error', code: 'custom', message: 'The model is out to lunch. Try again at one.', allow_retry: true },
    ],
  },
  {
    id: 'client_effect',
    about: 'Something the page shall do without answering, heard as `chatkit.effect`: see the log below.',
    question: 'Show me the blue one.',
    source: [{ type: 'client_effect', name: 'highlight', data: { product: 'blue' } }],
  },
]
