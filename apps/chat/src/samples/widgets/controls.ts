import type { Tree, WidgetSample } from '../sample.js'
import { card, label } from './parts.js'

const many = Array.from({ length: 20 }, (_, at) => ({ value: `v${at}`, label: `Option ${at}` }))

/** What is pressed, chosen or filled in. */
export const CONTROLS = {
  Button: {
    about: 'Fires an action on the server, or on the page with `handler: "client"`. While it runs, it shows that.',
    question: 'Which buttons are there?',
    source: {
      type: 'Card',
      size: 'lg',
      children: [
        ...['solid', 'soft', 'outline', 'ghost'].map(
          (variant): Tree => ({
            type: 'Row',
            wrap: 'wrap',
            children: ['primary', 'secondary', 'info', 'discovery', 'success', 'warning', 'danger'].map((color) => ({
              type: 'Button',
              label: color,
              color,
              variant,
              size: 'sm',
              onClickAction: { type: 'press', payload: { color, variant } },
            })),
          }),
        ),
        {
          type: 'Row',
          wrap: 'wrap',
          children: [
            { type: 'Button', label: 'Play', iconStart: 'play', style: 'primary', pill: true },
            { type: 'Button', iconStart: 'mail', uniform: true },
            { type: 'Button', label: 'Large', iconEnd: 'external-link', size: '2xl', variant: 'soft' },
            { type: 'Button', label: 'Disabled', disabled: true },
          ],
        },
        { type: 'Button', label: 'As wide as the card', block: true, style: 'primary' },
      ],
    },
  },
  Input: {
    about: 'A field for one line: text, number, email, password, telephone or address, with validation by the browser.',
    question: 'How do I sign up?',
    source: {
      type: 'Card',
      asForm: true,
      children: [
        label('name', 'Name'),
        { type: 'Input', name: 'name', required: true, defaultValue: 'Ada Lovelace' },
        label('age', 'Age'),
        { type: 'Input', name: 'age', inputType: 'number', placeholder: '36', variant: 'soft' },
        label('site', 'Website'),
        { type: 'Input', name: 'site', inputType: 'url', placeholder: 'https://', pill: true },
        { type: 'Input', name: 'closed', placeholder: 'Not now', disabled: true },
      ],
      confirm: { label: 'Sign up', action: { type: 'sign_up' } },
    },
  },
  Textarea: {
    about: 'A field for several lines; with `autoResize` it grows with what is written, up to `maxRows`.',
    question: 'I want to tell you more.',
    source: card(label('story', 'Your story'), {
      type: 'Textarea',
      name: 'story',
      rows: 3,
      autoResize: true,
      maxRows: 8,
      placeholder: 'Start wherever you like',
    }),
  },
  Select: {
    about: 'A choice from a list. With more than 15 options, or `searchable`, one can type to find it.',
    question: 'Where should we send it?',
    source: card(
      label('city', 'City'),
      {
        type: 'Select',
        name: 'city',
        block: true,
        clearable: true,
        defaultValue: 'osl',
        options: [
          { value: 'osl', label: 'Oslo', description: 'Capital' },
          { value: 'bgo', label: 'Bergen' },
          { value: 'x', label: 'Closed', disabled: true },
        ],
      },
      { type: 'Select', name: 'many', block: true, placeholder: 'One of many', options: many },
      {
        type: 'Row',
        wrap: 'wrap',
        children: ['solid', 'soft', 'outline', 'ghost'].map((variant) => ({
          type: 'Select',
          name: variant,
          variant,
          size: 'sm',
          placeholder: variant,
          options: many.slice(0, 3),
        })),
      },
    ),
  },
  DatePicker: {
    about: 'A day, chosen from a calendar in the reader’s own order of days and months; `min` and `max` bound it.',
    question: 'When can you come?',
    source: card(
      label('due', 'Due'),
      {
        type: 'DatePicker',
        name: 'due',
        block: true,
        defaultValue: '2026-11-20T00:00:00Z',
        min: '2026-11-03',
        max: '2026-12-24',
      },
      { type: 'DatePicker', name: 'from', placeholder: 'From', variant: 'soft', pill: true, clearable: true },
    ),
  },
  Checkbox: {
    about: 'Yes or no; `onChangeAction` tells at once, a form tells when it is sent.',
    question: 'What else can you do?',
    source: card(
      { type: 'Checkbox', name: 'remind', label: 'Remind me the day before', defaultChecked: true },
      { type: 'Checkbox', name: 'loud', label: 'Play a sound', onChangeAction: { type: 'toggled', handler: 'client' } },
      { type: 'Checkbox', name: 'never', label: 'Not available here', disabled: true },
    ),
  },
  RadioGroup: {
    about: 'One of a few, all of them in sight.',
    question: 'How urgent is it?',
    source: card(
      {
        type: 'RadioGroup',
        name: 'level',
        ariaLabel: 'Level',
        defaultValue: 'low',
        options: [
          { value: 'low', label: 'Low' },
          { value: 'high', label: 'High' },
          { value: 'none', label: 'Never', disabled: true },
        ],
      },
      { type: 'Divider' },
      {
        type: 'RadioGroup',
        name: 'way',
        ariaLabel: 'Way',
        direction: 'col',
        options: [
          { value: 'mail', label: 'By mail' },
          { value: 'phone', label: 'By telephone' },
        ],
      },
    ),
  },
} satisfies Record<string, WidgetSample>
