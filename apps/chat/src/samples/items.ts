import type { ThreadItem } from '@parley/protocol'
import { HEAT_PUMP_SOURCES, HEAT_PUMPS } from './heat-pumps.js'
import type { ItemSample } from './sample.js'
import { CONTAINERS } from './widgets/containers.js'
import { HILLS } from './widgets/parts.js'

/** Every kind of item a thread can hold. */
export const ITEMS: Record<ThreadItem['type'], ItemSample> = {
  user_message: {
    about: 'What the person sent: text, mentions, a quotation, attachments, and which tool and model they chose.',
    source: {
      type: 'user_message',
      content: [
        { type: 'input_text', text: 'What does this mean for ' },
        {
          type: 'input_tag',
          id: 'house_1',
          text: 'Mill Lane 4',
          group: 'Houses',
          interactive: true,
          data: { area: 140 },
        },
        { type: 'input_text', text: ' in January?\nThe data sheet is attached.' },
      ],
      attachments: [
        { type: 'image', id: 'atc_1', name: 'hills.svg', mime_type: 'image/svg+xml', preview_url: HILLS },
        { type: 'file', id: 'atc_2', name: 'heat-pump-data-sheet.pdf', mime_type: 'application/pdf' },
      ],
      quoted_text: 'Lower the flow temperature by one degree and the pump needs about 2.5 % less power.',
      inference_options: { model: 'deep', tool_choice: { id: 'docs' } },
    },
  },
  assistant_message: {
    about: 'An answer in Markdown with numbered citations. It streams as text deltas; each annotation has its place.',
    question: 'How does a heat pump work, and is it any good in winter?',
    source: {
      type: 'assistant_message',
      content: [{ type: 'output_text', text: HEAT_PUMPS, annotations: HEAT_PUMP_SOURCES }],
    },
  },
  workflow: {
    about: 'The steps of the work, folded into one line: the newest while they run, then how long they took.',
    question: 'Please check the prices of last month.',
    source: {
      type: 'workflow',
      workflow: {
        type: 'reasoning',
        expanded: true,
        summary: { duration: 7 },
        tasks: [
          {
            type: 'thought',
            status_indicator: 'complete',
            content: 'The question is about physics first, prices second.',
          },
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
            type: 'file',
            status_indicator: 'complete',
            title: 'Read the data sheet',
            sources: [{ type: 'file', title: 'Data sheet', filename: 'r290-properties.pdf' }],
          },
          { type: 'image', status_indicator: 'complete', title: 'Looked at the photograph' },
          {
            type: 'custom',
            status_indicator: 'complete',
            title: 'Looked up the handbook',
            icon: 'book-open',
            content: 'Found **3** passages.',
          },
        ],
      },
    },
  },
  task: {
    about: 'One step on its own, outside of a workflow.',
    question: 'Remember that I prefer trains.',
    source: {
      type: 'task',
      task: {
        type: 'custom',
        status_indicator: 'complete',
        title: 'Saved to memory',
        icon: 'notebook-pencil',
        content: 'You prefer **trains** to planes.',
      },
    },
  },
  widget: {
    about: 'A widget in the thread; `copy_text` is what the copy button takes.',
    question: 'Is anybody free this week?',
    source: { type: 'widget', widget: CONTAINERS.Card.source, copy_text: 'Thursday, 26 November, 9 to 11' },
  },
  generated_image: {
    about: 'A picture the model makes: its place and its progress first, then the picture.',
    question: 'Paint hills under a sun.',
    source: { type: 'generated_image', image: { id: 'img_1', url: HILLS } },
  },
  structured_input: {
    about: 'Questions to the person, answered together. Listed answers or their own words; each can be skipped.',
    question: 'Find me a plan.',
    source: {
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
  },
  client_tool_call: {
    about: 'A tool the page runs. It is not drawn: while it is pending the composer waits for its result.',
    question: 'What is in my cart?',
    source: {
      type: 'client_tool_call',
      status: 'completed',
      call_id: 'call_1',
      name: 'read_cart',
      arguments: { currency: 'EUR' },
      output: { items: 2 },
    },
  },
  end_of_turn: {
    about: 'A mark that the agent’s turn is over. It is not drawn.',
    question: 'Is that all?',
    source: { type: 'end_of_turn' },
  },
  hidden_context_item: {
    about: 'What the integrator tells the model and never the person. It does not even reach the browser.',
    question: 'Which page am I on?',
    source: { type: 'hidden_context_item', content: { page: '/pricing' } },
  },
  sdk_hidden_context: {
    about: 'What the server itself tells the model and never the person. It does not even reach the browser.',
    question: 'Did that work?',
    source: { type: 'sdk_hidden_context', content: 'The person confirmed the booking.' },
  },
}
