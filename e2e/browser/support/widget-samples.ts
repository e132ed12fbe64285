import type { Tree } from './widget-server.js'

const SQUARE =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" width="160" height="90"%3E%3Crect width="160" height="90" fill="%234f7bd9"/%3E%3Ccircle cx="112" cy="36" r="20" fill="%23ffd479"/%3E%3Cpath d="M0 90 52 34l36 34 22-18 50 40Z" fill="%232f4f9a"/%3E%3C/svg%3E'

const text = (value: string, more: Tree = {}): Tree => ({ type: 'Text', value, ...more })
const label = (fieldName: string, value: string): Tree => ({ type: 'Label', fieldName, value })
const cell = (value: string, more: Tree = {}): Tree => ({
  type: 'Table.Cell',
  children: [text(value, { size: 'sm' })],
  ...more,
})
const row = (cells: Tree[], header = false): Tree => ({ type: 'Table.Row', header, children: cells })
const many = Array.from({ length: 20 }, (_, at) => ({ value: `v${at}`, label: `Option ${at}` }))

/** One widget per group of components: together they hold each component with the props that show. */
export const SAMPLES: Record<string, Tree> = {
  texts: {
    type: 'Card',
    status: { text: 'Weather service', icon: 'globe' },
    children: [
      { type: 'Title', value: 'A title in its place', size: 'lg' },
      { type: 'Caption', value: 'A caption below it' },
      text('Body text, with as many words as it takes to fill more than one line of the card.'),
      text('Secondary and italic', { color: 'secondary', italic: true, size: 'sm' }),
      text('Struck through', { lineThrough: true, size: 'sm' }),
      text('Cut off at the end because it is far too long to fit into one line of a card', { truncate: true }),
      text('Two lines at most, then cut. '.repeat(8), { maxLines: 2, size: 'sm', color: 'tertiary' }),
      text('Danger', { color: 'danger', weight: 'semibold' }),
      text('Primitive', { color: { light: 'purple-700', dark: 'purple-300' }, textAlign: 'end' }),
      { type: 'Divider', flush: true },
      {
        type: 'Markdown',
        value: 'Some **bold** words, `code` and a [link](https://example.com/here).\n\n- one\n- two',
      },
      { type: 'Transition', children: text('Came in softly', { key: 'a' }) },
    ],
  },
  badges: {
    type: 'Card',
    size: 'lg',
    children: ['solid', 'soft', 'outline'].flatMap((variant): Tree[] => [
      {
        type: 'Row',
        wrap: 'wrap',
        children: ['secondary', 'success', 'danger', 'warning', 'info', 'discovery'].map((color) => ({
          type: 'Badge',
          label: color,
          color,
          variant,
          size: 'md',
          pill: variant === 'soft',
        })),
      },
    ]),
  },
  buttons: {
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
            onClickAction: { type: 'press' },
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
  boxes: {
    type: 'Card',
    padding: 4,
    children: [
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
          {
            type: 'Col',
            gap: 0,
            children: [text('Ada Lovelace', { weight: 'semibold' }), { type: 'Caption', value: 'Analyst' }],
          },
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
      { type: 'Image', src: SQUARE, alt: 'Hills under a sun', height: 120, fit: 'cover', radius: 'lg' },
      { type: 'Image', src: 'https://pictures.example.com/cat.png', alt: 'A cat', height: 80 },
    ],
  },
  list: {
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
        {
          type: 'Col',
          gap: 0,
          children: [text(city, { weight: 'medium' }), { type: 'Caption', value: `${at + 2} flights a day` }],
        },
        { type: 'Spacer' },
        { type: 'Badge', label: at === 0 ? 'direct' : 'one stop', color: at === 0 ? 'success' : 'secondary' },
      ],
    })),
  },
  basic: {
    type: 'Basic',
    direction: 'row',
    gap: 3,
    align: 'center',
    children: [{ type: 'Icon', name: 'info' }, text('A root without a frame')],
  },
  form: {
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
      { type: 'Select', name: 'many', block: true, placeholder: 'One of many', options: many },
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
  table: {
    type: 'Card',
    children: [
      {
        type: 'Table',
        children: [
          row([cell('City'), cell('Day'), cell('Price', { align: 'end' })], true),
          row([cell('Oslo'), cell('Monday'), cell('120', { align: 'end' })]),
          row([cell('Bergen'), cell('Tuesday'), cell('95', { align: 'end' })]),
          row([cell('All in all', { colSpan: 2 }), cell('215', { align: 'end' })]),
        ],
      },
    ],
  },
  chart: {
    type: 'Card',
    size: 'lg',
    children: [
      { type: 'Title', value: 'Sales', size: 'sm' },
      {
        type: 'Chart',
        data: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'].map((month, at) => ({
          month,
          shop: 120 + at * 31,
          web: 90 + ((at * 47) % 130),
          target: at === 3 ? null : 240 + at * 18,
        })),
        series: [
          { type: 'bar', dataKey: 'shop', label: 'Shop', stack: 's' },
          { type: 'bar', dataKey: 'web', label: 'Web', stack: 's' },
          { type: 'line', dataKey: 'target', label: 'Target', curveType: 'monotone', color: 'orange' },
        ],
        xAxis: { dataKey: 'month' },
        showYAxis: true,
        showLegend: true,
      },
      {
        type: 'Chart',
        height: 120,
        data: [3, 5, 2, 8, 6, 9, 7].map((value, at) => ({ day: `d${at}`, value })),
        series: [{ type: 'area', dataKey: 'value', label: 'Load', curveType: 'natural', color: 'purple' }],
        xAxis: { dataKey: 'day', hide: true },
      },
    ],
  },
}
