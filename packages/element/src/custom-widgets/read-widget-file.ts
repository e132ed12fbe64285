import { BridgeError } from '../bridge/index.js'
import type { CustomWidget } from '../options.js'

/** The HTML of a widget that is given as text or as the address of a file. The page fetches it, as it fetches its own. */
export async function readWidgetFile(widgets: Record<string, CustomWidget> | undefined, name: string): Promise<string> {
  const widget = widgets && Object.hasOwn(widgets, name) ? widgets[name] : undefined
  if (typeof widget !== 'object') throw new BridgeError('call_failed', `customWidgets has no file named "${name}".`)
  if ('html' in widget) return widget.html
  const response = await fetch(widget.url).catch((cause: unknown) => {
    throw new BridgeError('call_failed', `customWidgets.${name} could not be loaded from ${widget.url}.`, { cause })
  })
  if (response.ok) return response.text()
  throw new BridgeError('call_failed', `customWidgets.${name}: ${widget.url} answered ${response.status}.`)
}
