import type { WidgetSample } from '../sample.js'
import { caption, HILLS, label, row, text } from './parts.js'

/** Widgets as an agent would send them, from several components. */
export const WHOLE_WIDGETS = {
  'task-form': {
    title: 'A form in a card',
    about: 'A Card with `asForm`: confirm sends all fields with its action; what is missing is said beside the field.',
    question: 'Add a task for me.',
    source: {
      type: 'Card',
      asForm: true,
      children: [
        { type: 'Title', value: 'New task', size: 'sm' },
        label('todo.title', 'Title'),
        { type: 'Input', name: 'todo.title', required: true, placeholder: 'What is to be done' },
        label('notes', 'Notes'),
        { type: 'Textarea', name: 'notes', rows: 2, autoResize: true, maxRows: 6, placeholder: 'Anything else' },
        { type: 'Input', name: 'mail', inputType: 'email', placeholder: 'you@example.com', variant: 'soft' },
        label('city', 'City'),
        {
          type: 'Select',
          name: 'city',
          block: true,
          placeholder: 'Choose',
          clearable: true,
          options: [
            { value: 'osl', label: 'Oslo', description: 'Capital' },
            { value: 'bgo', label: 'Bergen' },
            { value: 'x', label: 'Closed', disabled: true },
          ],
        },
        {
          type: 'Select',
          name: 'many',
          block: true,
          placeholder: 'One of many',
          options: Array.from({ length: 20 }, (_, at) => ({ value: `v${at}`, label: `Option ${at}` })),
        },
        label('due', 'Due'),
        {
          type: 'DatePicker',
          name: 'due',
          block: true,
          defaultValue: '2026-11-20T00:00:00Z',
          min: '2026-11-03',
          max: '2026-12-24',
        },
        {
          type: 'RadioGroup',
          name: 'level',
          ariaLabel: 'Level',
          defaultValue: 'low',
          options: [
            { value: 'low', label: 'Low' },
            { value: 'high', label: 'High' },
          ],
        },
        { type: 'Checkbox', name: 'remind', label: 'Remind me', defaultChecked: true },
        text('A name to write over', { editable: { name: 'nick', required: true } }),
      ],
      confirm: { label: 'Create', action: { type: 'create', payload: { from: 'card' } } },
      cancel: { label: 'Cancel', action: { type: 'cancel' } },
    },
  },
  'other-scheme': {
    title: 'In the other scheme',
    about: 'A root with a `theme` of its own keeps it, whatever the chat around it looks like.',
    question: 'Show me the night view.',
    source: {
      type: 'Card',
      theme: 'dark',
      size: 'lg',
      status: { text: 'Always dark', icon: 'star' },
      children: [
        row(
          { type: 'Image', src: HILLS, alt: 'Hills under a sun', size: 64, radius: 'md' },
          { type: 'Col', gap: 0, children: [{ type: 'Title', value: 'Rondane', size: 'sm' }, caption('Clear, −4 °C')] },
          { type: 'Spacer' },
          { type: 'Badge', label: 'tonight', color: 'info' },
        ),
        text('Secondary words', { color: 'secondary', size: 'sm' }),
        row(
          { type: 'Button', label: 'Take me there', style: 'primary', onClickAction: { type: 'go' } },
          { type: 'Button', label: 'Later', variant: 'soft', onClickAction: { type: 'later' } },
        ),
        { type: 'Input', name: 'note', placeholder: 'A note' },
      ],
    },
  },
  'email-draft': {
    title: 'A letter to approve',
    about: 'The pattern for anything an agent should not do alone: what it would do, and two buttons.',
    question: 'Write to my landlord about the heating.',
    source: {
      type: 'Card',
      status: { text: 'Mail', icon: 'mail' },
      confirm: { label: 'Send', action: { type: 'mail.send', payload: { draft: 17 } } },
      cancel: { label: 'Discard', action: { type: 'mail.discard', payload: { draft: 17 } } },
      children: [
        row(text('To', { color: 'secondary', size: 'sm' }), text('landlord@example.com', { size: 'sm' })),
        row(
          text('Subject', { color: 'secondary', size: 'sm' }),
          text('Heating in flat 4', { size: 'sm', weight: 'medium' }),
        ),
        { type: 'Divider', flush: true },
        text(
          'Good morning,\n\nsince Monday the radiators stay cold. Could somebody look at them this week? I am at home every evening from six.\n\nKind regards',
          { id: 'letter', minLines: 6, editable: { name: 'body', required: true } },
        ),
      ],
    },
  },
} satisfies Record<string, WidgetSample>
