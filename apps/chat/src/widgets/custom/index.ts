/** Widgets that are not ChatKit's. What draws them arrives with the first of them. */
import { lazyComponent } from '../lazy-component.js'
import { isRecord, type WidgetProps } from '../values/read.js'

export const CustomWidget = lazyComponent<{ name: string; props: WidgetProps }>(
  async () => (await import('./custom-widget.js')).CustomWidget,
)

export const UiResource = lazyComponent<{ props: WidgetProps }>(
  async () => (await import('./ui-resource.js')).UiResource,
)

/** Whether a node holds a user interface of an MCP server: an embedded resource whose address begins with `ui://`. */
export function isUiResource({ type, resource }: WidgetProps): boolean {
  return type === 'resource' && isRecord(resource) && String(resource.uri).startsWith('ui://')
}
