import { parseArgs } from 'node:util'
import { SettingsError } from '../node/settings.js'

/** Each flag and the variable it stands for. */
const FLAGS = {
  port: { variable: 'PORT', value: 'number', says: 'port to listen on (8787); 0 picks a free one' },
  host: { variable: 'HOST', value: 'address', says: 'address to listen on (127.0.0.1)' },
  data: { variable: 'PARLEY_DATA', value: 'folder', says: 'folder of the database and of attached files (.parley)' },
  model: { variable: 'PARLEY_MODEL', value: 'name', says: 'name of the language model' },
  app: { variable: 'PARLEY_DEFAULT_APP', value: 'id', says: 'app behind POST /api/chatkit (demo)' },
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

Starts the chat server. ${Object.entries(COMMANDS)
  .map(([name, says]) => `"${name}" ${says}.`)
  .join(' ')}

${Object.entries(FLAGS)
  .map(([flag, { value, variable, says }]) => `  ${`--${flag} <${value}>`.padEnd(18)} ${says}; variable ${variable}`)
  .join('\n')}
  --help             this text
  --version          the version

Variables without a flag: OPENAI_API_KEY, OPENAI_BASE_URL, DATABASE_URL, ENVIRONMENT, PARLEY_JWT_SECRET,
PARLEY_JWKS_URL, PARLEY_API_KEY, PARLEY_APP_KEY, PARLEY_APP_ALIASES, PARLEY_MAX_SESSION_SECONDS,
PARLEY_ALLOWED_ORIGINS, PARLEY_PRIVATE_HOSTS, PARLEY_MAX_UPLOAD_BYTES.
`

/** What the command line asks for: settings by variable name, for the server or another command, or a text to print. */
export type CommandLine =
  | { show: 'help' | 'version' }
  | { flags: Record<string, string | undefined> }
  | { command: Command; file: string; flags: Record<string, string | undefined> }

/** @throws {SettingsError} for a flag that does not exist, naming it. */
export function parseCommandLine(args: string[]): CommandLine {
  const { values, positionals } = parseKnown(args)
  if (values.help) return { show: 'help' }
  if (values.version) return { show: 'version' }
  const entries = Object.entries(FLAGS).map(([flag, { variable }]) => [variable, values[flag]])
  const flags = Object.fromEntries(entries)
  return positionals.length === 0 ? { flags } : { ...commandOf(positionals), flags }
}

function commandOf([name = '', file, ...more]: string[]): { command: Command; file: string } {
  const command = (Object.keys(COMMANDS) as Command[]).find((known) => known === name) // the keys of a constant
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
      options: { ...strings, help: { type: 'boolean' }, version: { type: 'boolean' } },
    })
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message.split('. ')[0] : String(thrown)
    throw new SettingsError([`${reason}. Run with --help to see every flag.`])
  }
}
