import { parseArgs } from 'node:util'
import { SETTING_NAMES, SettingsError } from '../node/settings.js'

/** Each flag and the variable it stands for. */
export const FLAGS = {
  port: { variable: 'PORT', value: 'number', says: 'port to listen on (8787); 0 picks a free one' },
  host: { variable: 'HOST', value: 'address', says: 'address to listen on (127.0.0.1)' },
  data: { variable: 'PARLEY_DATA', value: 'folder', says: 'folder of the database and of attached files (.parley)' },
  model: { variable: 'PARLEY_MODEL', value: 'name', says: 'name of the language model' },
  app: { variable: 'PARLEY_DEFAULT_APP', value: 'id', says: 'app behind POST /api/chatkit (demo)' },
  config: { variable: 'PARLEY_CONFIG', value: 'file', says: 'settings as JSON (parley.config.json, if it is there)' },
} as const

/** What else the command does; each takes a file. */
const COMMANDS = {
  backup: 'writes everything into a file; a running server goes on',
  restore: 'fills an empty database, of whatever kind, from such a file',
} as const
type Command = keyof typeof COMMANDS

export const HELP = `Usage: parley [flags]
       parley backup <file> [flags]
       parley restore <file> [flags]
       parley admin link [--workspace <id>] [flags]

Starts the chat server. ${Object.entries(COMMANDS)
  .map(([name, says]) => `"${name}" ${says}.`)
  .join(' ')} "admin link" prints a
one-time link for an owner who is locked out, or for the first one of a workspace.

${Object.entries(FLAGS)
  .map(([flag, { value, variable, says }]) => `  ${`--${flag} <${value}>`.padEnd(18)} ${says}; variable ${variable}`)
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

/** What the command line asks for: settings by variable name, for the server or another command, or a text to print. */
export type CommandLine =
  | { show: 'help' | 'version' }
  | { flags: Record<string, string | undefined> }
  | { workspace: string | undefined; flags: Record<string, string | undefined> }
  | { command: Command; file: string; flags: Record<string, string | undefined> }

/** @throws {SettingsError} for a flag that does not exist, naming it. */
export function parseCommandLine(args: string[]): CommandLine {
  const { values, positionals } = parseKnown(args)
  if (values.help) return { show: 'help' }
  if (values.version) return { show: 'version' }
  const entries = Object.entries(FLAGS).map(([flag, { variable }]) => [variable, values[flag]])
  const flags = Object.fromEntries(entries)
  if (positionals.join(' ') === 'admin link') return { workspace: workspaceOf(values.workspace), flags }
  if (values.workspace !== undefined)
    throw new SettingsError(['--workspace belongs to one command: parley admin link --workspace <id>'])
  return positionals.length === 0 ? { flags } : { ...commandOf(positionals), flags }
}

function workspaceOf(id: string | boolean | undefined): string | undefined {
  if (id === undefined || (typeof id === 'string' && /^[\w.-]{1,64}$/.test(id))) return id
  throw new SettingsError(['--workspace must be an id of at most 64 letters, digits, dots, dashes and underscores.'])
}

function commandOf([name = '', file, ...more]: string[]): { command: Command; file: string } {
  const command = (Object.keys(COMMANDS) as Command[]).find((known) => known === name) // the keys of a constant
  if (name === 'admin') throw new SettingsError(['Write "parley admin link". Run with --help to see what there is.'])
  if (!command) throw new SettingsError([`There is no command "${name}". Run with --help to see what there is.`])
  if (file === undefined || more.length > 0)
    throw new SettingsError([`Name one file: parley ${name} <file>. Run with --help to see every flag.`])
  return { command, file }
}

interface Parsed {
  values: Record<string, string | boolean | undefined>
  positionals: string[]
}

function parseKnown(args: string[]): Parsed {
  const strings = Object.fromEntries(Object.keys(FLAGS).map((flag) => [flag, { type: 'string' as const }]))
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { ...strings, workspace: { type: 'string' }, help: { type: 'boolean' }, version: { type: 'boolean' } },
    })
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message.split('. ')[0] : String(thrown)
    throw new SettingsError([`${reason}. Run with --help to see every flag.`])
  }
}
