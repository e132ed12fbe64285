import type { WidgetSample } from '../sample.js'
import { caption, card, cell, row, tableRow, text } from './parts.js'

/** Roots, and what holds other components. */
export const CONTAINERS = {
  Card: {
    about: 'A framed widget. Its status line says where it comes from; confirm and cancel stand below it.',
    question: 'Can somebody look at our house?',
    source: {
      type: 'Card',
      status: { text: 'Draft', icon: 'calendar' },
      confirm: { label: 'Book the visit', action: { type: 'book', payload: { slot: '2026-11-26T09:00' } } },
      cancel: { label: 'Not now', action: { type: 'skip' } },
      children: [
        row(
          { type: 'Title', value: 'Visit of an engineer' },
          { type: 'Spacer' },
          { type: 'Badge', label: 'Free', color: 'success' },
        ),
        text('Thursday, 26 November, between 9 and 11 in the morning.'),
        { type: 'Divider' },
        caption('You can move it until the evening before.'),
      ],
    },
  },
  ListView: {
    about: 'Rows that can be chosen. Behind `limit` of them the rest is folded away.',
    question: 'Where can I fly to?',
    source: {
      type: 'ListView',
      limit: 3,
      status: { text: 'Five results', icon: 'search' },
      children: ['Oslo', 'Bergen', 'Trondheim', 'Tromsø', 'Bodø'].map((city, at) => ({
        type: 'ListViewItem',
        key: city,
        gap: 3,
        onClickAction: { type: 'open', payload: { city } },
        children: [
          { type: 'Icon', name: 'map-pin', color: 'secondary' },
          { type: 'Col', gap: 0, children: [text(city, { weight: 'medium' }), caption(`${at + 2} flights a day`)] },
          { type: 'Spacer' },
          { type: 'Badge', label: at === 0 ? 'direct' : 'one stop', color: at === 0 ? 'success' : 'secondary' },
        ],
      })),
    },
  },
  ListViewItem: {
    about: 'One row of a ListView. With `onClickAction` the whole row is a button.',
    question: 'What is on my list?',
    source: {
      type: 'ListView',
      children: [
        {
          type: 'ListViewItem',
          key: 'milk',
          gap: 3,
          align: 'center',
          onClickAction: { type: 'tick', payload: { id: 'milk' } },
          children: [
            { type: 'Icon', name: 'check-circle-filled', color: 'success' },
            text('Milk', { lineThrough: true }),
          ],
        },
        {
          type: 'ListViewItem',
          key: 'bread',
          gap: 3,
          align: 'center',
          onClickAction: { type: 'tick', payload: { id: 'bread' } },
          children: [{ type: 'Icon', name: 'empty-circle', color: 'secondary' }, text('Bread')],
        },
        { type: 'ListViewItem', key: 'note', children: [caption('A row without an action is only read.')] },
      ],
    },
  },
  Basic: {
    about: 'A widget without a frame. It alone may hold other roots.',
    question: 'Anything I should know?',
    source: {
      type: 'Basic',
      direction: 'row',
      gap: 3,
      align: 'center',
      children: [{ type: 'Icon', name: 'info', color: 'info' }, text('The shop is closed on Monday.')],
    },
  },
  Box: {
    about:
      'A place with a size, a colour, a border and a radius; its children stand in a column unless told otherwise.',
    question: 'Show me some boxes.',
    source: card(
      {
        type: 'Row',
        gap: 3,
        children: [
          {
            type: 'Box',
            size: 48,
            radius: 'full',
            background: 'blue-200',
            align: 'center',
            justify: 'center',
            children: [{ type: 'Icon', name: 'user', color: 'blue-900', size: 'lg' }],
          },
          { type: 'Col', gap: 0, children: [text('Ada Lovelace', { weight: 'semibold' }), caption('Analyst')] },
          { type: 'Spacer' },
          { type: 'Icon', name: 'star', color: 'warning', size: 'lg' },
        ],
      },
      {
        type: 'Row',
        children: [1, 2, 3].map((at) => ({
          type: 'Box',
          flex: 1,
          padding: 2,
          radius: 'md',
          border: { size: 1, style: at === 2 ? 'dashed' : 'solid' },
          background: 'surface-secondary',
          children: [text(`Cell ${at}`, { size: 'sm' })],
        })),
      },
      {
        type: 'Box',
        padding: { x: 3, y: 2 },
        border: { left: { size: 3, color: 'green-500' } },
        children: [text('A border on one side')],
      },
    ),
  },
  Row: {
    about: 'A box whose children stand side by side. A Spacer between them pushes them apart; `wrap` lets them break.',
    question: 'Who is on duty?',
    source: card(
      row(
        { type: 'Icon', name: 'profile', color: 'secondary' },
        text('Grace Hopper', { weight: 'medium' }),
        { type: 'Spacer' },
        { type: 'Badge', label: 'on duty', color: 'success' },
      ),
      {
        type: 'Row',
        wrap: 'wrap',
        gap: 2,
        children: ['compilers', 'navy', 'mathematics', 'teaching', 'standards'].map((word) => ({
          type: 'Badge',
          label: word,
          variant: 'outline',
          pill: true,
        })),
      },
    ),
  },
  Col: {
    about: 'A box whose children stand below each other. Here two of them share a row by `flex`.',
    question: 'How was the week?',
    source: card({
      type: 'Row',
      gap: 3,
      align: 'stretch',
      children: [
        ['Orders', '1,284', '+12 %', 'success'],
        ['Returns', '37', '+4 %', 'danger'],
      ].map(([name, value, change, color]) => ({
        type: 'Col',
        flex: 1,
        gap: 1,
        padding: 3,
        radius: 'md',
        background: 'surface-secondary',
        children: [
          { type: 'Caption', value: name },
          { type: 'Title', value, size: 'lg' },
          text(`${change}`, { color, size: 'sm' }),
        ],
      })),
    }),
  },
  Form: {
    about: 'A box whose fields are sent with every action fired in it. A dotted name nests the value in the payload.',
    question: 'I would like to leave feedback.',
    source: card({
      type: 'Form',
      direction: 'col',
      gap: 3,
      onSubmitAction: { type: 'feedback', payload: { from: 'chat' } },
      children: [
        { type: 'Label', fieldName: 'feedback.words', value: 'What could be better?' },
        { type: 'Textarea', name: 'feedback.words', required: true, rows: 2, placeholder: 'In your own words' },
        { type: 'Checkbox', name: 'feedback.contact', label: 'You may write to me about it' },
        row({ type: 'Button', label: 'Send', submit: true, style: 'primary' }),
      ],
    }),
  },
  Transition: {
    about: 'Moves softly when its only child becomes another one, told apart by `key`. Press Replay to see it.',
    question: 'How far is my parcel?',
    source: card({
      type: 'Transition',
      children: {
        type: 'Row',
        key: 'arrived',
        children: [{ type: 'Icon', name: 'check-circle', color: 'success' }, text('Your parcel has arrived.')],
      },
    }),
  },
  Table: {
    about: 'A table, for numbers and words that belong in columns. It scrolls inside itself where it is too wide.',
    question: 'What does the trip cost?',
    source: card({
      type: 'Table',
      children: [
        tableRow([cell('City'), cell('Day'), cell('Price', { align: 'end' })], true),
        tableRow([cell('Oslo'), cell('Monday'), cell('120', { align: 'end' })]),
        tableRow([cell('Bergen'), cell('Tuesday'), cell('95', { align: 'end' })]),
        tableRow([cell('All in all', { colSpan: 2 }), cell('215', { align: 'end' })]),
      ],
    }),
  },
  'Table.Row': {
    about: 'One row of a Table. With `header` its cells name the columns, for screen readers too.',
    question: 'When are you open?',
    source: card({
      type: 'Table',
      children: [
        tableRow([cell('Day'), cell('Open')], true),
        tableRow([cell('Tuesday to Friday'), cell('9 to 18')]),
        tableRow([cell('Saturday'), cell('10 to 14')]),
      ],
    }),
  },
  'Table.Cell': {
    about: 'One cell: it can span columns and rows, and set its alignment and its width.',
    question: 'Who speaks when?',
    source: card({
      type: 'Table',
      children: [
        tableRow([cell('Time', { colSize: 'sm' }), cell('Hall'), cell('Studio')], true),
        tableRow([cell('10:00'), cell('Welcome', { colSpan: 2, align: 'center' })]),
        tableRow([cell('11:00'), cell('Looms and programs', { rowSpan: 2, vAlign: 'center' }), cell('First steps')]),
        tableRow([cell('12:00'), cell('Second steps')]),
      ],
    }),
  },
} satisfies Record<string, WidgetSample>
