import { type Attack, EVIL, RUN, widget } from './attack.js'

const tree = (name: string, ...children: unknown[]): Attack => ({
  name: `widget: ${name}`,
  events: [widget(...children)],
})
const CSS = `red;background:url(https://${EVIL}/x);position:fixed;inset:0;z-index:9999`
const URLS = [`https://${EVIL}/a.png`, `javascript:${RUN}`, `data:text/html,<script>${RUN}</script>`, `//${EVIL}/b`]
const HTML = `<img src=x onerror="${RUN}"><script>${RUN}</script>`
const SIZES = ['99999px', '1e9px', '100000vh', 'calc(100vw * 1000)', 'expression(alert(1))', 'var(--x, 9999px)', CSS]

const COLOURED = [
  'Text',
  'Title',
  'Caption',
  'Icon',
  'Label',
  'Badge',
  'Divider',
  'Button',
  'Box',
  'Row',
  'Col',
  'Form',
]
const WORDED = ['Text', 'Title', 'Caption', 'Markdown', 'Badge', 'Label', 'Button', 'Input', 'Textarea', 'Checkbox']
const SIZED = ['Box', 'Row', 'Col', 'Form', 'Image', 'Spacer', 'Chart', 'Table', 'Divider', 'ListView', 'Basic']

/** Every component that takes a colour, with CSS that is none. */
const colours = COLOURED.map((type) =>
  tree(`${type} with hostile colours`, {
    type,
    value: 'x',
    label: 'x',
    name: 'star',
    color: CSS,
    background: `url(https://${EVIL}/bg)`,
    border: { size: 1, color: CSS, style: CSS },
    children: [{ type: 'Text', value: 'x', color: { light: CSS, dark: CSS } }],
  }),
)

/** Every component that shows words, with HTML in all of them. */
const words = WORDED.map((type) =>
  tree(`${type} with HTML in its words`, {
    type,
    id: HTML,
    key: HTML,
    name: HTML,
    fieldName: HTML,
    value: HTML,
    label: HTML,
    placeholder: HTML,
    defaultValue: HTML,
    ariaLabel: HTML,
    iconStart: HTML,
    iconEnd: HTML,
  }),
)

/** Every component that has a size, with ones nobody could use. */
const sizes = SIZED.map((type) =>
  tree(
    `${type} of monstrous sizes`,
    ...SIZES.map((size) => ({
      type,
      width: size,
      height: size,
      minWidth: size,
      minHeight: size,
      size,
      minSize: size,
      margin: `-9999px ${size}`,
      padding: size,
      gap: size,
      flex: size,
      aspectRatio: '0.000001',
      radius: CSS,
      data: [],
      series: [],
      xAxis: 'x',
      children: [{ type: 'Text', value: 'inside' }],
    })),
  ),
)

export const WIDGETS: Attack[] = [
  ...colours,
  ...words,
  ...sizes,
  tree('pictures from everywhere', ...URLS.map((src) => ({ type: 'Image', src, alt: HTML }))),
  tree('picture of script', {
    type: 'Image',
    src: `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${RUN}'><script>${RUN}</script><image href='https://${EVIL}/x'/></svg>`,
  }),
  tree('markdown', { type: 'Markdown', value: `${HTML} [x](javascript:${RUN}) ![y](https://${EVIL}/y.png)` }),
  tree('overlay by position', {
    type: 'Box',
    style: { position: 'fixed' },
    className: 'floating',
    class: 'floating',
    children: [{ type: 'Text', value: 'Log in again' }],
  }),
  tree('attributes of the DOM', {
    type: 'Box',
    onClick: RUN,
    onclick: RUN,
    dangerouslySetInnerHTML: { __html: HTML },
    innerHTML: HTML,
    ref: 'x',
    srcdoc: HTML,
    href: `javascript:${RUN}`,
  }),
  tree('text from an object', { type: 'Text', value: { toString: HTML, __html: HTML, type: 'b', props: {} } }),
  tree('vnode in disguise', {
    type: 'Text',
    value: { type: 'img', props: { src: 'x', onerror: RUN }, constructor: undefined, __v: 1 },
  }),
  tree(
    'types of Object.prototype',
    ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'script', 'img', 'iframe'].map((type) => ({
      type,
      src: URLS[0],
      children: [{ type: 'Text', value: type }],
    })),
  ),
  tree('action that is code', {
    type: 'Button',
    label: 'x',
    onClickAction: { type: RUN, handler: 'client', payload: HTML },
  }),
  tree('select with hostile options', {
    type: 'Select',
    name: HTML,
    defaultValue: HTML,
    options: [{ value: HTML, label: HTML }, null, 7, { value: {} }],
  }),
  tree('radio group with hostile options', {
    type: 'RadioGroup',
    name: '__proto__',
    ariaLabel: HTML,
    options: [{ value: HTML, label: HTML }],
  }),
  tree('date picker of no date', {
    type: 'DatePicker',
    name: 'd',
    defaultValue: HTML,
    min: '-999999-01-01',
    max: '999999-12-31',
    side: CSS,
  }),
  tree(
    'input of a forbidden kind',
    { type: 'Input', name: 'i', inputType: 'file', pattern: '(a+)+$', defaultValue: 'a'.repeat(5000) },
    { type: 'Input', name: 'j', inputType: 'image', src: URLS[0] },
  ),
  tree('pattern that is no pattern', { type: 'Input', name: 'k', pattern: '[', required: 'x' }),
  tree('editable text', { type: 'Text', value: HTML, editable: { name: HTML, placeholder: HTML, pattern: '[' } }),
  tree('chart with hostile names', {
    type: 'Chart',
    data: [{ [HTML]: 1, x: HTML }, { x: null }],
    series: [{ type: 'bar', dataKey: HTML, label: HTML, color: CSS }, { type: HTML }],
    xAxis: { dataKey: 'x', labels: { [HTML]: HTML } },
    showLegend: true,
  }),
  tree('chart of monstrous numbers', {
    type: 'Chart',
    data: [
      { x: 'a', y: 1e308 },
      { x: 'b', y: -1e308 },
      { x: 'c', y: Number.MAX_VALUE },
    ],
    series: [{ type: 'line', dataKey: 'y', curveType: '__proto__' }],
    xAxis: 'x',
  }),
  tree('table of monstrous spans', {
    type: 'Table',
    children: [
      {
        type: 'Table.Row',
        children: [
          { type: 'Table.Cell', colSpan: 1e9, rowSpan: 1e9, width: CSS, children: [{ type: 'Text', value: 'x' }] },
        ],
      },
    ],
  }),
  tree('too many children', ...Array.from({ length: 20_000 }, () => ({ type: 'Text', value: 'x' }))),
  tree(
    'too deep',
    Array.from({ length: 1000 }).reduce<object>((inner) => ({ type: 'Box', children: [inner] }), {
      type: 'Text',
      value: 'deep',
    }),
  ),
  tree('reversed words', { type: 'Button', label: '\u202elecnaC\u202c' }, { type: 'Badge', label: '\u202eyfirev' }),
  tree(
    'icon of no icons',
    { type: 'Icon', name: `"><img src=x onerror=${RUN}>` },
    { type: 'Icon', name: 'vendor:../../x', size: CSS },
  ),
  {
    name: 'widget: status with a remote icon',
    events: [
      {
        type: 'thread.item.done',
        item: {
          id: 'w1',
          thread_id: 't',
          created_at: '2026-01-01',
          type: 'widget',
          copy_text: HTML,
          widget: {
            type: 'Card',
            status: { text: HTML, favicon: URLS[0] },
            theme: CSS,
            size: CSS,
            background: CSS,
            confirm: { label: HTML, action: { type: 'x' } },
            cancel: { label: HTML, action: null },
            children: null,
          },
        },
      },
    ],
  },
  {
    name: 'widget: list that never ends',
    events: [
      {
        type: 'thread.item.done',
        item: {
          id: 'w2',
          thread_id: 't',
          created_at: '2026-01-01',
          type: 'widget',
          widget: {
            type: 'ListView',
            limit: -5,
            children: Array.from({ length: 3000 }, () => ({
              type: 'ListViewItem',
              onClickAction: HTML,
              children: [{ type: 'Text', value: HTML }],
            })),
          },
        },
      },
    ],
  },
]
