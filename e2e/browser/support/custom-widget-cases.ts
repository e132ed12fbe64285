import type { ThreadItemUpdate } from '@parley/protocol'
import type { Tree } from '../../../apps/chat/src/samples/sample.js'
import type { WidgetScript } from './widget-server.js'

const update = (value: Tree) => value as unknown as ThreadItemUpdate // trees here are written freely
const basic = (...children: Tree[]): Tree => ({ type: 'Basic', children })
const text = (value: string): Tree => ({ type: 'Text', value })
const shop = (count: number): Tree => ({ type: 'product_card', id: 'p', title: 'Kettle', count })

/** A page as a server of MCP Apps hands it out: it says hello, asks for its data, and has buttons for what it may ask. */
const MCP_APP = `<!doctype html><title>App</title><style>body{margin:0;font:16px sans-serif}</style>
<p id=city>waiting</p><button id=tool>Call</button> <button id=link>Visit</button> <button id=bad>Bad link</button><p id=answer></p>
<script>
let id = 0
const ask = (method, params) => parent.postMessage({ jsonrpc: '2.0', id: ++id, method, params }, '*')
const show = (name, value) => { document.getElementById(name).textContent = value }
addEventListener('message', ({ data }) => {
  if (data.id === 1) {
    document.title = data.result.hostContext.theme
    parent.postMessage({ jsonrpc: '2.0', method: 'ui/notifications/initialized' }, '*')
  }
  if (data.method === 'ui/notifications/tool-input') show('city', data.params.arguments.city)
  if (data.id > 1) show('answer', JSON.stringify(data.error ?? data.result))
})
ask('ui/initialize', { protocolVersion: '2026-01-26', appCapabilities: {}, appInfo: { name: 'a', version: '1' } })
document.getElementById('tool').onclick = () => ask('tools/call', { name: 'forecast', arguments: { days: 3 } })
document.getElementById('link').onclick = () => ask('ui/open-link', { url: 'https://weather.example/bergen' })
document.getElementById('bad').onclick = () => ask('ui/open-link', { url: 'javascript:alert(1)' })
</script>`

const resource = (html: string): Tree => ({
  type: 'resource',
  resource: { uri: 'ui://weather/now', name: 'Weather', mimeType: 'text/html;profile=mcp-app', text: html },
  tool: { arguments: { city: 'Bergen' }, result: { content: [] } },
  children: [text('plain weather')],
})

/** Answers with widgets that are not ChatKit's. */
export const CUSTOM_CASES: Record<string, WidgetScript> = {
  product: basic(text('before'), shop(1), { type: 'Button', label: 'After' }),
  named: { type: 'Card', name: 'product_card', title: 'Lamp', children: [text('drawn by the chat')] },
  fallback: basic({ type: 'nobody_knows', children: [text('drawn by the chat')] }),
  counting: {
    root: basic(shop(1)),
    async *updates(hold) {
      yield update({ type: 'widget.component.updated', component_id: 'p', component: shop(2) })
      await hold()
      yield update({ type: 'widget.root.updated', widget: basic(text('sold out')) })
    },
  },
  long: basic(...Array.from({ length: 40 }, (_, at) => text(`line ${at}`)), shop(1), text('the end')),
  file: basic({ type: 'poll', question: 'Tea or coffee?' }, { type: 'Button', label: 'After' }),
  mcp: basic(resource(MCP_APP)),
  mcp_blob: basic({
    type: 'resource',
    resource: { uri: 'ui://x', mimeType: 'text/html', blob: Buffer.from('<p>from bytes ✓</p>').toString('base64') },
  }),
  mcp_other: basic({ ...resource(''), resource: { uri: 'ui://x', mimeType: 'text/uri-list', text: 'https://x.test' } }),
}
