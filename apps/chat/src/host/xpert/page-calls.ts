import type { PageApi } from '@parley/element/bridge'
import type { Messenger } from './messenger.js'

type OptionCall = (messenger: Messenger, args: unknown[]) => unknown

/** A function of our options → what Xpert's element calls it. */
const OPTION_CALLS: Record<string, OptionCall> = {
  'api.getClientSecret': async (page, [current]) => secretOf(await page.command('onGetClientSecret', current)),
  onClientTool: (page, [call]) => page.command('onClientToolCall', call),
  'widgets.onAction': (page, [action, widgetItem]) => page.command('onWidgetAction', { action, widgetItem }),
  'entities.onTagSearch': (page, [query]) => page.command('onEntitySearch', { query }),
  'entities.onClick': (page, [entity]) => page.command('onEntityClick', { entity }),
  'entities.onRequestPreview': (page, [entity]) => page.command('onEntityPreview', { entity }),
  'header.leftAction.onClick': (page) => page.event('left_header_icon_click'),
  'header.rightAction.onClick': (page) => page.event('right_header_icon_click'),
}

/** The events and functions of the page, over Xpert's messages. */
export function createPageCalls(messenger: Messenger): Pick<PageApi, 'emit' | 'callOption' | 'customWidget' | 'shell'> {
  return {
    emit(name, detail) {
      if (name === 'chatkit.ready') return // the element says it itself, when the frame has loaded
      messenger.event('public_event', [name.replace('chatkit.', ''), plainDetail(detail)])
    },
    async callOption(path, args) {
      const call = Object.hasOwn(OPTION_CALLS, path) ? OPTION_CALLS[path] : undefined
      if (!call) throw new Error(`<xpertai-chatkit> has no way to call "${path}".`)
      return call(messenger, args)
    },
    customWidget: () => undefined, // its options know none
    shell: () => undefined, // nor a launcher
  }
}

/** A page's server may name the agent beside the secret; the secret itself is what opens the session. */
function secretOf(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null ? (answer as { secret?: unknown }).secret : answer
}

/** The element looks inside the detail of every event, and reads of an error nothing but its message. */
function plainDetail(detail: unknown): object {
  const { error } = Object(detail) as { error?: unknown }
  return error instanceof Error ? { error: { message: error.message } } : Object(detail ?? {})
}
