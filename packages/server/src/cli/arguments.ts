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

export const HELP = `Usage: parley [flags]

Starts the chat server.

${Object.entries(FLAGS)
  .map(([flag, { value, variable, says }]) => `  ${`--${flag} <${value}>`.padEnd(18)} ${says}; variable ${variable}`)
  .join('\n')}
  --help             this text
  --version          the version

Variables without a flag: OPENAI_API_KEY, OPENAI_BASE_URL, DATABASE_URL, ENVIRONMENT, PARLEY_JWT_SECRET,
PARLEY_ALLOWED_ORIGINS, PARLEY_PRIVATE_HOSTS, PARLEY_MAX_UPLOAD_BYTES.
`

/** What the command line asks for: settings by variable name, or a text to print. */
export type CommandLine = { show: 'help' | 'version' } | { flags: Record<string, string | undefined> }

/** @throws {SettingsError} for a flag that does not exist, naming it. */
export function parseCommandLine(args: string[]): CommandLine {
  const { values } = parseKnown(args)
  if (values.help) return { show: 'help' }
  if (values.version) return { show: 'version' }
  const entries = Object.entries(FLAGS).map(([flag, { variable }]) => [variable, values[flag]])
  return { flags: Object.fromEntries(entries) }
}

function parseKnown(args: string[]): { values: Record<string, string | boolean | undefined> } {
  const strings = Object.fromEntries(Object.keys(FLAGS).map((flag) => [flag, { type: 'string' as const }]))
  try {
    return parseArgs({ args, options: { ...strings, help: { type: 'boolean' }, version: { type: 'boolean' } } })
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message.split('. ')[0] : String(thrown)
    throw new SettingsError([`${reason}. Run with --help to see every flag.`])
  }
}
