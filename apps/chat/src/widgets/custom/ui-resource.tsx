import { useMemo } from 'preact/hooks'
import { Children } from '../children.js'
import { isRecord, textOf, type WidgetProps } from '../values/read.js'
import { SandboxWidget } from './sandbox-widget.js'

/**
 * A user interface of an MCP server (MCP Apps, MCP-UI): `{ type: "resource", resource: { uri: "ui://…", mimeType, text or
 * blob } }`, with the call it belongs to in `tool: { arguments, result }`. HTML only; of anything else the children are drawn.
 */
export function UiResource({ props }: { props: WidgetProps }) {
  const resource = isRecord(props.resource) ? props.resource : {}
  const html = useMemo(() => htmlOf(resource), [resource])
  const tool = isRecord(props.tool) ? props.tool : {}
  if (html === null) return <Children of={props} />
  return <SandboxWidget html={html} title={titleOf(resource)} data={tool} whenReady={messagesOf(tool)} />
}

function htmlOf({ mimeType, text, blob }: WidgetProps): string | null {
  if (!/^text\/html(\s*;|$)/i.test(String(mimeType))) return null
  if (typeof text === 'string') return text
  if (typeof blob !== 'string') return null
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(blob), (character) => character.charCodeAt(0)))
  } catch {
    return null // not base64: there is nothing to show
  }
}

const titleOf = ({ name, title, uri }: WidgetProps): string => textOf(title) ?? textOf(name) ?? String(uri)

/** What the call was given and what came of it, in the words of both. */
function messagesOf({ arguments: given, result }: WidgetProps): object[] {
  const notify = (method: string, params: unknown) => ({ jsonrpc: '2.0', method: `ui/notifications/${method}`, params })
  const renderData = { toolInput: given ?? {}, toolOutput: result ?? null }
  return [
    notify('tool-input', { arguments: given ?? {} }),
    ...(isRecord(result) ? [notify('tool-result', result)] : []),
    { type: 'ui-lifecycle-iframe-render-data', payload: { renderData } },
  ]
}
