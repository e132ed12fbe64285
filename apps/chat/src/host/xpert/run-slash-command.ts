import type { SendUserMessageParams } from '../../store/session-contract.js'
import type { Messenger } from './messenger.js'
import { fillTemplate, type Invocation, type SlashCommand, takesArgs } from './slash-commands.js'

/** What choosing a command in the list leads to, in the words of our own `commands.onSelect`. */
export type Chosen = { type: 'text'; text: string } | { type: 'entity'; entity: Record<string, unknown> } | null

/** What a command may do with the chat around it. */
export interface CommandWays {
  page: Pick<Messenger, 'command'>
  send(params: SendUserMessageParams): Promise<void>
}

/** Chosen in the list, with nothing typed behind its name yet. */
export async function chooseSlashCommand(command: SlashCommand, ways: CommandWays): Promise<Chosen> {
  const { action, name } = command
  if ('template' in action) {
    if (action.type !== 'submit_prompt') return { type: 'text', text: fillTemplate(action.template, '') }
    if (takesArgs(command)) return { type: 'text', text: `/${name} ` }
    void ways.send(promptOf({ command, args: '' }))
    return null
  }
  if (action.type === 'client_action') {
    await tellPage(command, ways)
    return null
  }
  const { type: group, id } = action.capability
  return { type: 'entity', entity: { id, title: command.label, group, data: { tool: id } } }
}

/**
 * A message that was typed in full, `/review src/app.ts`: what is sent in its place; `null`: the page was told, and nothing
 * is sent. An invocation is sent as it is, for the app to read.
 */
export function sendSlashCommand(
  invocation: Invocation,
  params: SendUserMessageParams,
  ways: CommandWays,
): SendUserMessageParams | null {
  const { action } = invocation.command
  if (action.type === 'submit_prompt' || action.type === 'insert_text') return { ...params, ...promptOf(invocation) }
  if (action.type !== 'client_action') return params
  void tellPage(invocation.command, ways)
  return null
}

function promptOf({ command: { action }, args }: Invocation): SendUserMessageParams {
  const { template, tools } = 'template' in action ? action : { template: args, tools: [] }
  const text = fillTemplate(template, args).trim()
  return { text, content: [{ type: 'input_text', text }], ...(tools.length > 0 && { tools }) }
}

async function tellPage({ action, name }: SlashCommand, { page }: CommandWays): Promise<void> {
  if (action.type !== 'client_action') return
  const widgetItem = { id: `slash-command:${name}`, widget: { type: 'slash_command' } }
  await page.command('onWidgetAction', { action: action.action, widgetItem })
}
