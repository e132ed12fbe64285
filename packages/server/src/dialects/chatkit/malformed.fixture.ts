import { userText } from '../../testing/user-text.js'

/*
 * Wrong requests of every type, made from tables. `THREAD`, `MESSAGE` and `ATTACHMENT` stand for ids of the caller's,
 * with `OTHER_` in front for those of somebody else.
 */

/** What a field takes, and so what it refuses. `?`: may be missing or null. `=`: may be missing, not null. */
type Kind =
  | 'id'
  | 'id?'
  | 'text'
  | 'text?'
  | 'label'
  | 'count'
  | 'count?'
  | 'list'
  | 'list='
  | 'object'
  | 'object='
  | 'choice'
  | 'choice='
  | 'flag='
  | 'any'

const THREAD = { thread_id: 'THREAD' }
const INPUT = userText('Hi', { attachments: [], quoted_text: 'you said' })
const TAG = { type: 'input_tag', id: 'u1', text: 'Ann', data: {}, group: 'people', interactive: false }
const ACTION = { ...THREAD, item_id: 'widget', action: { type: 'buy', payload: {} } }
const PAGE: Record<string, Kind> = { limit: 'count?', order: 'choice=', after: 'id?' }
const MESSAGE: Record<string, Kind> = {
  input: 'object',
  'input.content': 'list',
  'input.content.0': 'object',
  'input.content.0.type': 'choice',
  'input.content.0.text': 'text',
  'input.content.1.id': 'id',
  'input.content.1.text': 'label',
  'input.content.1.data': 'object=',
  'input.content.1.group': 'text?',
  'input.content.1.interactive': 'flag=',
  'input.attachments': 'list=',
  'input.quoted_text': 'text?',
  'input.inference_options': 'object=',
}
const MESSAGE_INPUT = { ...INPUT, content: [...INPUT.content, TAG] }
const ACTION_FIELDS: Record<string, Kind> = { thread_id: 'id', item_id: 'id?', action: 'object', 'action.type': 'id' }

/** Every request type: parameters that are right, and what each of their fields takes. */
export const REQUESTS: Record<string, { params: object; fields: Record<string, Kind> }> = {
  'threads.create': { params: { input: MESSAGE_INPUT }, fields: MESSAGE },
  'threads.add_user_message': {
    params: { ...THREAD, input: MESSAGE_INPUT },
    fields: { thread_id: 'id', ...MESSAGE },
  },
  'threads.add_client_tool_output': { params: { ...THREAD, result: 1 }, fields: { thread_id: 'id', result: 'any' } },
  'threads.add_structured_input': {
    params: {
      ...THREAD,
      item_id: 'form',
      input: { status: 'answered', answers: { q: { values: ['a'], skipped: false } } },
    },
    fields: {
      thread_id: 'id',
      item_id: 'id',
      input: 'object',
      'input.status': 'choice=',
      'input.answers': 'object=',
      'input.answers.q': 'object=',
      'input.answers.q.values': 'list=',
      'input.answers.q.skipped': 'flag=',
    },
  },
  'threads.retry_after_item': {
    params: { ...THREAD, item_id: 'MESSAGE' },
    fields: { thread_id: 'id', item_id: 'id' },
  },
  'threads.custom_action': { params: ACTION, fields: ACTION_FIELDS },
  'threads.sync_custom_action': { params: ACTION, fields: ACTION_FIELDS },
  'threads.get_by_id': { params: THREAD, fields: { thread_id: 'id' } },
  'threads.list': { params: { limit: 1, order: 'asc' }, fields: PAGE },
  'threads.update': { params: { ...THREAD, title: 'x' }, fields: { thread_id: 'id', title: 'label' } },
  'threads.delete': { params: THREAD, fields: { thread_id: 'id' } },
  'items.list': { params: { ...THREAD, limit: 1 }, fields: { thread_id: 'id', ...PAGE } },
  'items.feedback': {
    params: { ...THREAD, item_ids: ['i'], kind: 'positive' },
    fields: { thread_id: 'id', item_ids: 'list', 'item_ids.0': 'id', kind: 'choice' },
  },
  'attachments.create': {
    params: { name: 'a', size: 1, mime_type: 'text/plain' },
    fields: { name: 'label', size: 'count', mime_type: 'label' },
  },
  'attachments.delete': { params: { attachment_id: 'a' }, fields: { attachment_id: 'id' } },
  'input.transcribe': {
    params: { audio_base64: 'AAAA', mime_type: 'audio/mp4' },
    fields: { audio_base64: 'text', mime_type: 'label' },
  },
  'runs.resume': { params: { ...THREAD, after: 0 }, fields: { thread_id: 'id', after: 'count' } },
  'runs.cancel': { params: THREAD, fields: { thread_id: 'id' } },
  'threads.search': {
    params: { query: 'lamp', limit: 3 },
    fields: { query: 'label', limit: 'count?', after: 'id?' },
  },
  'images.read': {
    params: { ...THREAD, url: 'https://example.com/a.png' },
    fields: { thread_id: 'id', url: 'text' },
  },
}

const MISSING = Symbol('missing')
const LONG = 'x'.repeat(1_000_001)
const notText = [7, true, [], {}]
const notList = ['x', 7, {}, false]
const WRONG: Record<Kind, unknown[]> = {
  id: [MISSING, null, '', 'x'.repeat(257), 'a\0b', ...notText],
  'id?': ['', 'x'.repeat(257), 'a\0b', ...notText],
  text: [MISSING, null, 'a\0b', LONG, ...notText],
  'text?': ['a\0b', LONG, ...notText],
  label: [MISSING, null, 'a\0b', 'x'.repeat(4097), ...notText],
  count: [-1, 1.5, 1e300, '1', true, [], {}],
  'count?': [-1, 1.5, 1e300, '1', true, [], {}],
  list: [MISSING, null, ...notList],
  'list=': [null, [7], [null], [{}], ...notList],
  object: [MISSING, null, 'x', 7, [], true],
  'object=': [null, 'x', 7, [], true],
  choice: [MISSING, null, 'nothing', 7, [], {}],
  'choice=': [null, 'nothing', 7, [], {}],
  'flag=': [null, 'true', 1, [], {}],
  any: [MISSING],
}

/** A copy of `params` whose field at `path` is `value`, or gone. */
function withField(params: object, path: string, value: unknown): object {
  const copy: object = structuredClone(params)
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  let parent = copy
  for (const key of keys) parent = Reflect.get(parent, key)
  if (value === MISSING) Reflect.deleteProperty(parent, last)
  else Reflect.set(parent, last, value)
  // A list keeps a hole where an entry went, which JSON writes as null: wrong as well.
  return copy
}

const shown = (value: unknown) =>
  value === MISSING ? 'missing' : (JSON.stringify(value)?.replace(/x{20,}/, 'xxx…') ?? String(value)).slice(0, 30)

export const fieldCases = Object.entries(REQUESTS).flatMap(([type, { params, fields }]) =>
  Object.entries(fields).flatMap(([path, kind]) =>
    WRONG[kind].map((value) => ({
      name: `${type} ${path} ${shown(value)}`,
      body: { type, params: withField(params, path, value) },
      field: path.split('.').filter((key) => !/^\d+$/.test(key))[0] ?? path,
    })),
  ),
)

export const envelopeCases = Object.entries(REQUESTS).flatMap(([type, { params }]) => [
  ...[MISSING, null, [], 'x', 7, false].map((value) => ({
    name: `${type} with params ${shown(value)}`,
    body: value === MISSING ? { type } : { type, params: value },
    field: 'params',
  })),
  ...[null, [], 'x', 7].map((metadata) => ({
    name: `${type} with metadata ${shown(metadata)}`,
    body: { type, params, metadata },
    field: 'metadata',
  })),
])

export const bodyCases: [string, string | Uint8Array][] = [
  ['an empty body', ''],
  ['plain words', 'hello'],
  ['null', 'null'],
  ['a list', '[]'],
  ['a number', '7'],
  ['a text', '"threads.list"'],
  ['no type', '{}'],
  ['a type of another kind', '{"type":{},"params":{}}'],
  ['an unknown type', '{"type":"threads.fly","params":{}}'],
  ['a type every object has', '{"type":"toString","params":{}}'],
  ['half a body', '{"type":"threads.list","params":{'],
  ['two bodies', '{"type":"threads.list","params":{}}{}'],
  ['a byte order mark', '\uFEFF{"type":"threads.list","params":{}}'],
  ['bytes that are no text', new Uint8Array([0x7b, 0xff, 0x7d])],
  ['UTF-16', new Uint8Array([...'{"type":"x"}'].flatMap((letter) => [letter.charCodeAt(0), 0]))],
  ['a deep body', `{"type":"threads.list","params":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`],
  ['an empty shorthand', '{"type":"message","content":""}'],
  ['a shorthand of another kind', '{"type":"message","content":[]}'],
]

/** Requests about things that are not there, `OTHER` being ids of somebody else's. */
export const missingCases: [string, object, number][] = ['thr_nobody', 'OTHER_THREAD'].flatMap((thread_id) =>
  Object.entries(REQUESTS)
    .filter(([, { params }]) => 'thread_id' in params)
    .map(([type, { params }]): [string, object, number] => [
      `${type} ${thread_id}`,
      { type, params: { ...params, thread_id } },
      404,
    ]),
)
for (const item_id of ['msg_nobody', 'OTHER_MESSAGE']) {
  for (const type of [
    'threads.retry_after_item',
    'threads.add_structured_input',
    'threads.custom_action',
    'threads.sync_custom_action',
  ]) {
    const params = { ...REQUESTS[type]?.params, item_id }
    missingCases.push([`${type} ${item_id}`, { type, params }, 404])
  }
}
for (const id of ['atc_nobody', 'OTHER_ATTACHMENT']) {
  const input = userText('Hi', { attachments: [id] })
  missingCases.push(
    [`threads.create with ${id}`, { type: 'threads.create', params: { input } }, 404],
    [`threads.add_user_message with ${id}`, { type: 'threads.add_user_message', params: { ...THREAD, input } }, 404],
    [`attachments.delete ${id}`, { type: 'attachments.delete', params: { attachment_id: id } }, 404],
  )
}
missingCases.push(
  ['threads.list after nobody', { type: 'threads.list', params: { after: 'thr_nobody' } }, 400],
  ['threads.list after OTHER_THREAD', { type: 'threads.list', params: { after: 'OTHER_THREAD' } }, 400],
  ['items.list after nobody', { type: 'items.list', params: { ...THREAD, after: 'msg_nobody' } }, 400],
  ['items.list after OTHER_MESSAGE', { type: 'items.list', params: { ...THREAD, after: 'OTHER_MESSAGE' } }, 400],
  ['runs.resume of no run', { type: 'runs.resume', params: { ...THREAD, run_id: 'run_nobody' } }, 404],
  ['retry of an answer', { type: 'threads.retry_after_item', params: { ...THREAD, item_id: 'answer' } }, 409],
  [
    'a form that is a widget',
    { type: 'threads.add_structured_input', params: { ...THREAD, item_id: 'widget', input: {} } },
    409,
  ],
  [
    'a form that was answered',
    { type: 'threads.add_structured_input', params: { ...THREAD, item_id: 'form', input: {} } },
    409,
  ],
  ['a sync action on an answer', { type: 'threads.sync_custom_action', params: { ...ACTION, item_id: 'answer' } }, 409],
  [
    'audio that is not base64',
    { type: 'input.transcribe', params: { audio_base64: 'A A=', mime_type: 'audio/mp4' } },
    400,
  ],
)
