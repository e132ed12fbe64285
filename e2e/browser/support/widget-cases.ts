import type { ThreadItemUpdate } from '@parley/protocol'
import type { Tree } from '../../../apps/chat/src/samples/sample.js'
import { COMPONENTS } from '../../../apps/chat/src/samples/widgets/components.js'
import { card } from '../../../apps/chat/src/samples/widgets/parts.js'
import { WHOLE_WIDGETS } from '../../../apps/chat/src/samples/widgets/whole.js'
import { everyComponent } from '../../../packages/protocol/src/chatkit/widgets/fixtures/every-component.js'
import type { LiveWidget, WidgetScript } from './widget-server.js'

const press = (label: string, action: Tree, more: Tree = {}): Tree => ({
  type: 'Button',
  label,
  onClickAction: action,
  ...more,
})
const streamed = (root: Tree, updates: LiveWidget['updates']): WidgetScript => ({
  root,
  updates,
})
const update = (value: Tree) => value as unknown as ThreadItemUpdate // trees here are written freely

/** Widgets that act, change while they stream, or mean harm. */
export const CASES: Record<string, WidgetScript> = {
  form: WHOLE_WIDGETS['task-form'].source,
  list: COMPONENTS.ListView.source,
  chart: COMPONENTS.Chart.source,
  every: { type: 'Basic', children: everyComponent },
  collapsing: streamed({ ...card({ type: 'Input', name: 'kept' }), id: 'c' }, async function* (hold) {
    const root = card({ type: 'Input', name: 'kept' })
    yield update({ type: 'widget.root.updated', widget: { ...root, id: 'c', collapsed: true } })
    await hold()
    yield update({ type: 'widget.root.updated', widget: { ...root, id: 'c', collapsed: false } })
  }),
  actions: card(
    press('Server', { type: 'on_server', payload: { id: 7 } }),
    press('Sync', { type: 'sync', streaming: false }),
    press('Client', { type: 'on_page', payload: { id: 8 }, handler: 'client' }),
    press('Whole', { type: 'whole', loadingBehavior: 'container' }),
    { type: 'Checkbox', name: 'loud', label: 'Loud', onChangeAction: { type: 'toggled', handler: 'client' } },
  ),
  clash: {
    type: 'Basic',
    children: [
      {
        type: 'Form',
        onSubmitAction: { type: 'save', payload: { title: 'mine' } },
        children: [
          { type: 'Input', name: 'title', defaultValue: 'typed', pattern: '[a-z]+' },
          { type: 'Input', name: '__proto__.polluted', defaultValue: 'x' },
          { type: 'Button', label: 'Save', submit: true },
        ],
      },
    ],
  },
  live: streamed(
    card({ type: 'Markdown', id: 'md', value: 'A **bo', streaming: true }, { type: 'Input', name: 'field' }),
    async function* (hold) {
      yield update({ type: 'widget.streaming_text.value_delta', component_id: 'md', delta: 'ld** start', done: false })
      await hold()
      yield update({
        type: 'widget.root.updated',
        widget: card(
          { type: 'Title', id: 't', value: 'Now with a title' },
          { type: 'Markdown', id: 'md', value: 'A **bold** start and end', streaming: false },
          { type: 'Input', name: 'field' },
        ),
      })
      yield update({
        type: 'widget.component.updated',
        component_id: 't',
        component: { type: 'Title', id: 't', value: 'Swapped' },
      })
    },
  ),
  hostile: {
    type: 'Card',
    background: 'url(https://evil.example/bg)',
    border: { size: 1, color: 'url(https://evil.example/b)' },
    padding: '1px; position: fixed',
    status: { text: 'Trusted', favicon: 'https://evil.example/icon.png' },
    confirm: 'no',
    __proto__: null,
    children: [
      null,
      7,
      'text',
      { type: '__proto__', children: [{ type: 'Text', value: 'inside unknown' }] },
      { type: 'constructor', value: 'x' },
      { type: 'Image', src: 'https://evil.example/a.png', alt: 'Bait' },
      { type: 'Image', src: 'javascript:window.hacked=1' },
      {
        type: 'Markdown',
        value: '[go](javascript:window.hacked=1) ![x](https://evil.example/m.png) <img src=x onerror=1>',
      },
      {
        type: 'Box',
        width: 1e12,
        height: '99999999px',
        margin: -1e9,
        background: { light: 'url(//evil.example)', dark: '' },
      },
      { type: 'Text', value: { toString: 'x' }, color: 'red;background:url(//evil.example)' },
      { type: 'Icon', name: 'constructor', size: '__proto__' },
      { type: 'Button', label: ['x'], onClickAction: 'javascript:1', iconStart: { a: 1 } },
      { type: 'Select', name: null, options: { length: 9 } },
      { type: 'Chart', data: [{ __proto__: 1 }], series: 'all', xAxis: null },
      { type: 'Table', children: { type: 'Table.Row', children: 'cells' } },
      { type: 'DatePicker', name: 'd', defaultValue: 'tomorrow', min: {} },
      { type: 'Transition', children: null },
      { type: 'Input', name: 'i', inputType: 'file', defaultValue: {} },
    ],
  },
  deep: Array.from({ length: 400 }).reduce<Tree>((inner) => ({ type: 'Card', children: [inner] }), { type: 'Text' }),
}
