import { parseArgs } from 'node:util'
import { DEFAULT_WORKSPACE } from '../auth/jwt.js'
import { SETTING_NAMES } from '../node/setting-variables.js'
import { SettingsError } from '../node/settings.js'
import { COMMAND_FLAGS, type Command, type CommandFlag, type CommandInput, flagUsage, usageOf } from './command.js'
import { COMMANDS } from './commands.js'

/** Each flag and the variable it stands for. */
export const FLAGS = {
  port: { variable: 'PORT', value: 'number', says: 'port to listen on (8787); 0 picks a free one' },
  host: { variable: 'HOST', value: 'address', says: 'address to listen on (127.0.0.1)' },
  data: { variable: 'PARLEY_DATA', value: 'folder', says: 'folder of the database and of attached files (.parley)' },
  model: { variable: 'PARLEY_MODEL', value: 'name', says: 'name of the language model' },
  app: { variable: 'PARLEY_DEFAULT_APP', value: 'id', says: 'app behind POST /api/chatkit (demo)' },
  config: { variable: 'PARLEY_CONFIG', value: 'file', says: 'settings as JSON (parley.config.json, if it is there)' },
} as const

export const HELP = `Usage: parley [flags]
       parley <command> [flags]

Starts the chat server, or runs a command:

${COMMANDS.map((command) => `  ${usageOf(command)}\n      ${command.says}`).join('\n')}

Flags:

${Object.entries(FLAGS)
  .map(([flag, { value, variable, says }]) => `  ${`--${flag} <${value}>`.padEnd(18)} ${says}; variable ${variable}`)
  .join('\n')}
${(Object.keys(COMMAND_FLAGS) as CommandFlag[]) // the keys of a constant
  .map((flag) => `  ${flagUsage(flag).padEnd(18)} ${COMMAND_FLAGS[flag].says}`)
  .join('\n')}
  --help             this text
  --version          the version

Flags win over variables, and variables over the file. Variables without a flag:
${inLines(SETTING_NAMES.filter((name) => !Object.values(FLAGS).some(({ variable }) => variable === name)))}
`

/** Names, as many in a line as there is room for. */
function inLines(names: readonly string[]): string {
  const lines: string[] = []
  for (const name of names) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + name.length < 108) lines[lines.length - 1] = `${last}, ${name}`
    else lines.push(name)
  }
  return lines.join(',\n')
}

/** Values of flags by the variable they stand for. */
type Flags = Record<string, string | undefined>

/** What the command line asks for: a text to print, a server, or a command. `flags` are settings by variable name. */
export type CommandLine =
  | { show: 'help' | 'version' }
  | { flags: Flags }
  | { command: Command; input: Omit<CommandInput, 'settings'>; flags: Flags }

/** @throws {SettingsError} for a flag or a command that does not exist, naming it. */
export function parseCommandLine(args: string[]): CommandLine {
  const { values, positionals } = parseKnown(args)
  if (values.help) return { show: 'help' }
  if (values.version) return { show: 'version' }
  const flags = settingFlags(values)
  const command = positionals.length > 0 ? commandOf(positionals) : undefined
  const own = ownFlags(values, command)
  if (!command) return { flags }
  const operands = positionals.slice(wordsOf(command).length)
  if (operands.length !== command.operands.length)
    throw new SettingsError([`Write "${usageOf(command)}". Run with --help to see every flag.`])
  return { command, input: { operands, workspace: workspaceOf(own.workspace), flags: own }, flags }
}

function settingFlags(values: Parsed['values']): Flags {
  const given = Object.entries(FLAGS).map(([flag, { variable }]): [string, string | undefined] => {
    const value = values[flag]
    return [variable, typeof value === 'string' ? value : undefined]
  })
  return Object.fromEntries(given)
}

const wordsOf = ({ name }: Command) => name.split(' ')

function commandOf(positionals: string[]): Command {
  const command = COMMANDS.find((known) => wordsOf(known).every((word, index) => positionals[index] === word))
  if (command) return command
  const [first = ''] = positionals
  const alike = COMMANDS.filter((known) => wordsOf(known)[0] === first).map((known) => `"${usageOf(known)}"`)
  throw new SettingsError([
    alike.length > 0
      ? `Write ${alike.join(' or ')}. Run with --help to see what there is.`
      : `There is no command "${first}". Run with --help to see what there is.`,
  ])
}

/** @throws {SettingsError} for a flag of another command */
function ownFlags(values: Parsed['values'], command: Command | undefined): CommandInput['flags'] {
  const given = (Object.keys(COMMAND_FLAGS) as CommandFlag[]).filter((flag) => values[flag] !== undefined) // the keys of a constant
  const foreign = given.find((flag) => !command?.flags.includes(flag))
  if (foreign === undefined) return Object.fromEntries(given.map((flag) => [flag, String(values[flag])]))
  const owners = COMMANDS.filter(({ flags }) => flags.includes(foreign)).map((known) => `"parley ${known.name}"`)
  throw new SettingsError([`--${foreign} belongs to ${owners.join(', ')}. Run with --help to see every flag.`])
}

function workspaceOf(id: string = DEFAULT_WORKSPACE): string {
  if (/^[\w.-]{1,64}$/.test(id)) return id
  throw new SettingsError(['--workspace must be an id of at most 64 letters, digits, dots, dashes and underscores.'])
}

interface Parsed {
  values: Record<string, string | boolean | undefined>
  positionals: string[]
}

function parseKnown(args: string[]): Parsed {
  const strings = Object.keys(FLAGS).map((flag) => [flag, { type: 'string' as const }] as const)
  const own = Object.entries(COMMAND_FLAGS).map(
    ([flag, { value }]) => [flag, { type: value === undefined ? ('boolean' as const) : ('string' as const) }] as const,
  )
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { ...Object.fromEntries([...strings, ...own]), help: { type: 'boolean' }, version: { type: 'boolean' } },
    })
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message.split('. ')[0] : String(thrown)
    throw new SettingsError([`${reason}. Run with --help to see every flag.`])
  }
}
