import { isRecord } from './is-record.js'

/** One of the page's `composer.slashCommands`. Source: Xpert's guide to slash commands, and its published types. */
export interface SlashCommand {
  name: string
  label: string
  description?: string
  category?: string
  aliases: string[]
  action: SlashAction
}

export type SlashAction =
  | { type: 'insert_text' | 'insert_invocation' | 'submit_prompt'; template: string; tools: string[] }
  | { type: 'client_action'; action: Record<string, unknown> }
  | { type: 'select_capability'; capability: { type: string; id: string } }

const NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/

/** The commands a page offers; what has no usable name or action, or cannot be used now, is left out. */
export function readSlashCommands(options: Record<string, unknown>): SlashCommand[] {
  const { slashCommands } = Object(options.composer) as { slashCommands?: unknown }
  return Array.isArray(slashCommands) ? slashCommands.filter(isRecord).flatMap(readCommand) : []
}

function readCommand({ name, label, description, category, aliases, availability, action }: Record<string, unknown>) {
  const read = readAction(action)
  const isDisabled = isRecord(availability) && availability.disabled === true
  if (typeof name !== 'string' || !NAME.test(name) || !read || isDisabled) return []
  const command: SlashCommand = {
    name,
    label: isText(label) ? label : `/${name}`,
    ...(isText(description) && { description }),
    ...(isText(category) && { category }),
    aliases: Array.isArray(aliases) ? aliases.filter(isText) : [],
    action: read,
  }
  return [command]
}

function readAction(given: unknown): SlashAction | null {
  if (!isRecord(given)) return null
  const { type, template, action, capability } = given
  if (type === 'insert_text' || type === 'insert_invocation' || type === 'submit_prompt')
    return isText(template) ? { type, template, tools: pluginsIn(given.runtimeCapabilities) } : null
  if (type === 'client_action') return isRecord(action) && isText(action.type) ? { type, action } : null
  if (type !== 'select_capability' || !isRecord(capability)) return null
  const { type: kind, id } = capability
  return isText(kind) && isText(id) ? { type, capability: { type: kind, id } } : null
}

/** Plugins are what Xpert calls tools. A selection without any leaves the app as it is. */
export function pluginsIn(selection: unknown): string[] {
  const { plugins, inheritUnselected } = Object(selection) as { plugins?: unknown; inheritUnselected?: unknown }
  const { nodeKeys } = Object(plugins) as { nodeKeys?: unknown }
  return Array.isArray(nodeKeys) && inheritUnselected !== true ? nodeKeys.map(String) : []
}

/** The commands whose name, alias or label holds what was typed so far. */
export function findSlashCommands(commands: readonly SlashCommand[], query: string): SlashCommand[] {
  const typed = query.toLowerCase()
  return commands.filter(({ name, aliases, label }) =>
    [name, label, ...aliases].some((known) => known.toLowerCase().includes(typed)),
  )
}

export interface Invocation {
  command: SlashCommand
  args: string
}

/** The command a whole message is, if it is one: `/review src/app.ts`. */
export function readInvocation(commands: readonly SlashCommand[], text: string): Invocation | null {
  const [, name, args = ''] = /^\s*\/([a-z0-9][a-z0-9_-]{0,63})(?:\s+([\s\S]*))?$/.exec(text) ?? []
  const command = name && commands.find((one) => one.name === name || one.aliases.includes(name))
  return command ? { command, args: args.trim() } : null
}

/** `{{args}}` stands for what was typed behind the name. */
export const fillTemplate = (template: string, args: string): string =>
  template.replace(/\{\{\s*args\s*\}\}/g, () => args)

export const takesArgs = ({ action }: SlashCommand): boolean =>
  'template' in action && /\{\{\s*args\s*\}\}/.test(action.template)

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''
