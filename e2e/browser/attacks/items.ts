import { type Attack, answer, done, EVIL, RUN } from './attack.js'

const HTML = `<img src=x onerror="${RUN}"><script>${RUN}</script>`
const SPOOF = 'invoice\u202efdp.exe'
const source = (fields: Record<string, unknown>) => ({
  type: 'annotation',
  index: 1,
  source: { title: HTML, ...fields },
})
const item = (name: string, fields: Record<string, unknown>): Attack => ({
  name: `item: ${name}`,
  events: [done(fields)],
})
const cite = (name: string, fields: Record<string, unknown>): Attack => ({
  name: `citation: ${name}`,
  events: [answer('A claim.', [source(fields)])],
})
const task = (name: string, fields: Record<string, unknown>): Attack => ({
  name: `task: ${name}`,
  events: [
    done({
      type: 'workflow',
      workflow: {
        type: 'custom',
        expanded: true,
        summary: { title: HTML, icon: HTML },
        tasks: [{ status_indicator: HTML, ...fields }],
      },
    }),
    done({ type: 'task', task: { status_indicator: 'none', ...fields } }),
  ],
})
const message = (fields: Record<string, unknown>) => ({
  type: 'user_message',
  content: [{ type: 'input_text', text: 'x' }],
  attachments: [],
  inference_options: {},
  ...fields,
})
const event = (name: string, ...events: Record<string, unknown>[]): Attack => ({
  ...(events.some(({ type }) => type === 'error') && { errors: 1 }),
  name: `event: ${name}`,
  events: [...events, answer('after')],
})

/** Everything but answers and widgets: what people, tools, files and the server itself say. */
export const ITEMS: Attack[] = [
  cite('script as address', { type: 'url', url: `javascript:${RUN}` }),
  cite('data as address', { type: 'url', url: `data:text/html,${HTML}`, attribution: HTML }),
  cite('another site under a known name', {
    type: 'url',
    url: `https://${EVIL}/`,
    title: 'bank.example',
    attribution: 'bank.example',
    description: HTML,
    timestamp: HTML,
    group: HTML,
  }),
  cite('address with credentials', { type: 'url', url: `https://bank.example@${EVIL}/`, title: 'Bank' }),
  cite('file with a reversed name', { type: 'file', filename: SPOOF, title: SPOOF }),
  cite('file with a path', { type: 'file', filename: '../../etc/passwd', description: HTML }),
  cite('entity with HTML', {
    type: 'entity',
    id: HTML,
    icon: HTML,
    label: HTML,
    inline_label: HTML,
    interactive: true,
    data: { href: `javascript:${RUN}` },
  }),
  cite('entity with a reversed label', {
    type: 'entity',
    id: 'e',
    inline_label: '\u202eknab',
    interactive: false,
    data: {},
  }),
  {
    name: 'citation: thousands at impossible places',
    events: [
      answer(
        'x',
        [-1, 1e9, 0.5, Number.MAX_SAFE_INTEGER].flatMap((index) =>
          Array.from({ length: 200 }, (_, at) => ({
            type: 'annotation',
            index,
            source: { type: 'file', title: `s${at}`, filename: `${at}` },
          })),
        ),
      ),
    ],
  },
  task('custom with HTML', {
    type: 'custom',
    title: HTML,
    icon: HTML,
    content: `${HTML} ![x](https://${EVIL}/x.png) [y](javascript:${RUN})`,
  }),
  task('search with hostile sources', {
    type: 'web_search',
    title: HTML,
    title_query: HTML,
    queries: [HTML, '\u202eyreuq'],
    sources: [
      { type: 'url', title: HTML, url: `javascript:${RUN}` },
      { type: 'url', title: 'bank.example', url: `https://${EVIL}/` },
    ],
  }),
  task('thought with script', {
    type: 'thought',
    title: HTML,
    content: `<style>@import url(https://${EVIL}/)</style> ${HTML}`,
  }),
  task('file with a reversed name', {
    type: 'file',
    title: SPOOF,
    sources: [{ type: 'file', title: SPOOF, filename: SPOOF }],
  }),
  task('of a kind nobody knows', { type: '__proto__', title: '' }),
  task('picture with HTML', { type: 'image', title: HTML }),
  item('picture from elsewhere', { type: 'generated_image', image: { id: 'i', url: `https://${EVIL}/i.png` } }),
  item('picture of script', { type: 'generated_image', image: { id: 'i', url: `javascript:${RUN}` } }),
  item('picture that is a page', { type: 'generated_image', image: { id: 'i', url: `data:text/html,${HTML}` } }),
  item('picture with a program', {
    type: 'generated_image',
    image: { id: 'i', url: `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${RUN}'/>` },
  }),
  item('file with HTML as name', message({ attachments: [{ type: 'file', id: 'f', name: HTML, mime_type: HTML }] })),
  item(
    'file with a reversed name',
    message({ attachments: [{ type: 'file', id: 'f', name: SPOOF, mime_type: 'application/pdf' }] }),
  ),
  item(
    'file with an endless name',
    message({ attachments: [{ type: 'file', id: 'f', name: 'x'.repeat(20_000), mime_type: 'a/b' }] }),
  ),
  item(
    'preview from elsewhere',
    message({
      attachments: [
        { type: 'image', id: 'p', name: 'p.png', mime_type: 'image/png', preview_url: `https://${EVIL}/p.png` },
      ],
    }),
  ),
  item(
    'preview of script',
    message({
      attachments: [{ type: 'image', id: 'p', name: HTML, mime_type: 'image/png', preview_url: `javascript:${RUN}` }],
    }),
  ),
  item(
    'preview with a program',
    message({
      attachments: [
        {
          type: 'image',
          id: 'p',
          name: 'p',
          mime_type: 'image/svg+xml',
          preview_url: `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${RUN}'/>`,
        },
      ],
    }),
  ),
  item('quote with HTML', message({ quoted_text: HTML })),
  item('message with HTML', message({ content: [{ type: 'input_text', text: HTML }] })),
  item(
    'tag with HTML',
    message({
      content: [{ type: 'input_tag', id: HTML, text: HTML, group: HTML, data: { x: HTML }, interactive: true }],
    }),
  ),
  item('question with HTML', {
    type: 'structured_input',
    status: 'pending',
    inputs: [
      { type: 'multiple_choice', id: '__proto__', question: HTML, options: [{ value: HTML }], multiple: true },
      { type: 'freeform', id: 'b', question: '\u202enoitseuq', description: HTML },
    ],
  }),
  item('of a kind nobody knows', { type: '__proto__', content: HTML }),
  item('that is hidden', { type: 'hidden_context_item', content: HTML }),
  event('notice with script', {
    type: 'notice',
    level: 'danger',
    title: HTML,
    message: `${HTML} [x](javascript:${RUN}) ![y](https://${EVIL}/y.png)`,
  }),
  event('notice of a level nobody knows', { type: 'notice', level: '__proto__', message: 'x' }),
  event('progress with HTML', { type: 'progress_update', text: HTML, icon: HTML }),
  event('title with HTML', {
    type: 'thread.updated',
    thread: {
      id: 'thr_1',
      title: `${HTML} \u202eeltit`,
      created_at: '2026-01-01',
      status: { type: 'locked', reason: HTML },
      metadata: {},
      items: { data: [], has_more: false },
    },
  }),
  event(
    'domains of pictures that are everywhere',
    {
      type: 'thread.updated',
      thread: {
        id: 'thr_1',
        created_at: '2026-01-01',
        status: { type: 'active' },
        allowed_image_domains: ['', '.', '*', 'com'],
        metadata: {},
        items: { data: [], has_more: false },
      },
    },
    answer(`![x](https://${EVIL}/allowed.png)`),
  ),
  event('effect with a hostile name', { type: 'client_effect', name: HTML, data: { __proto__: { x: 1 }, y: HTML } }),
  event('error with HTML', { type: 'error', code: 'custom', message: `${HTML} \u202erorre`, allow_retry: false }),
  event('update of what is not there', {
    type: 'thread.item.updated',
    item_id: '__proto__',
    update: { type: 'widget.root.updated', widget: { type: 'Card', children: [{ type: 'Text', value: HTML }] } },
  }),
  event(
    'of a kind nobody knows',
    { type: 'constructor', item: HTML },
    { type: '__proto__' },
    { type: 'thread.item.updated', item_id: 'x', update: { type: 'toString' } },
  ),
]
