import type { PageApi } from '@parley/element/bridge'
import { toolOutputOf } from './client-tool.js'
import { isRecord } from './is-record.js'
import type { Messenger } from './messenger.js'
import { type Chosen, type CommandWays, chooseSlashCommand } from './run-slash-command.js'
import { findSlashCommands, readSlashCommands } from './slash-commands.js'

type OptionCall = (messenger: Messenger, args: unknown[]) => unknown

/** A function of our options → what Xpert's element calls it. */
const OPTION_CALLS: Record<string, OptionCall> = {
  'api.getClientSecret': async (page, [current]) => secretOf(await page.command('onGetClientSecret', current)),
  onClientTool: async (page, [call, id]) =>
    toolOutputOf(await page.command('onClientToolCall', { ...Object(call), id, tool_call_id: id })),
  'widgets.onAction': (page, [action, widgetItem]) => page.command('onWidgetAction', { action, widgetItem }),
  'entities.onTagSearch': (page, [query]) => page.command('onEntitySearch', { query }),
  'entities.onClick': (page, [entity]) => page.command('onEntityClick', { entity }),
  'entities.onRequestPreview': (page, [entity]) => page.command('onEntityPreview', { entity }),
  'header.leftAction.onClick': (page) => page.event('left_header_icon_click'),
  'header.rightAction.onClick': (page) => page.event('right_header_icon_click'),
}

/** The events and functions of the page, over Xpert's messages; its slash commands are answered here. */
export function createPageCalls(
  messenger: Messenger,
  ways: CommandWays & { options(): Record<string, unknown> },
): Pick<PageApi, 'emit' | 'callOption' | 'customWidget' | 'shell'> {
  const slashCalls: Record<string, (argument: unknown) => unknown> = {
    'commands.onSearch': (query) =>
      findSlashCommands(readSlashCommands(ways.options()), String(query)).map(
        ({ name, label, description, category }) => ({ id: name, label, description, group: category }),
      ),
    'commands.onSelect': async (chosen): Promise<Chosen> => {
      const { id } = Object(chosen) as { id?: unknown }
      const command = readSlashCommands(ways.options()).find(({ name }) => name === id)
      return command ? chooseSlashCommand(command, ways) : null
    },
  }
  return {
    emit(name, detail) {
      if (name === 'chatkit.ready') return // the element says it itself, when the frame has loaded
      messenger.event('public_event', [name.replace('chatkit.', ''), plainDetail(detail)])
    },
    async callOption(path, args) {
      const slashCall = Object.hasOwn(slashCalls, path) ? slashCalls[path] : undefined
      if (slashCall) return slashCall(args[0])
      const call = Object.hasOwn(OPTION_CALLS, path) ? OPTION_CALLS[path] : undefined
      if (!call) throw new Error(`<xpertai-chatkit> has no way to call "${path}".`)
      return call(messenger, args)
    },
    customWidget: () => undefined, // its options know none
    shell: () => undefined, // nor a launcher
  }
}

/** A page's server may name the agent and the organization beside the secret. */
function secretOf(answer: unknown): unknown {
  if (!isRecord(answer)) return answer
  const { secret, organizationId, xpertId, assistantId } = answer
  return { secret, organizationId, appId: xpertId || assistantId }
}

/** The element looks inside the detail of every event, and reads of an error nothing but its message. */
function plainDetail(detail: unknown): object {
  const { error } = Object(detail) as { error?: unknown }
  return error instanceof Error ? { error: { message: error.message } } : Object(detail ?? {})
}
