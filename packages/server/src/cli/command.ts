import type { Settings } from '../node/settings.js'

/** What a command is given. */
export interface CommandInput {
  /** Where things are stored; who may sign in plays no part. */
  settings: Settings
  /** What stood behind its name, in the order of `operands`. */
  operands: string[]
  workspace: string
  /** Its own flags; one without a value is there or not. */
  flags: Partial<Record<CommandFlag, string>>
}

/** One thing `parley` does besides serving. */
export interface Command {
  /** The words it is called by. */
  name: string
  /** What has to follow them. */
  operands: readonly string[]
  /** What may follow, beside the flags of settings. */
  flags: readonly CommandFlag[]
  /** For the help. */
  says: string
  /** What it needs is loaded when it runs, so that it costs a server nothing. @returns what to tell the person, if anything */
  run(input: CommandInput): Promise<string | undefined>
}

/** Flags that belong to commands. */
export const COMMAND_FLAGS = {
  workspace: { value: 'id', says: 'the workspace; "default" unless you say so' },
  out: { value: 'file', says: 'writes into a file instead of standard output' },
  from: { value: 'source', says: '"openai", or a file saved before' },
  'key-env': {
    value: 'name',
    says: 'the variable that holds the key; OPENAI_API_KEY, or PARLEY_API_KEY for eval, unless you say so',
  },
  url: { value: 'address', says: 'a server to ask; for move-in the address of the hosted API, up to the version' },
  parallel: { value: 'number', says: 'how many cases at a time; 4 unless you say so' },
  json: { value: undefined, says: 'prints everything as JSON' },
  junit: { value: 'file', says: 'writes the results as JUnit XML, for CI servers' },
  server: { value: 'address', says: 'a running server to speak to, e.g. http://localhost:8787' },
  'dry-run': { value: undefined, says: 'says what would be done, and does nothing' },
} as const satisfies Record<string, { value: string | undefined; says: string }>
export type CommandFlag = keyof typeof COMMAND_FLAGS

/** As it is typed. */
export const usageOf = ({ name, operands, flags }: Command): string =>
  ['parley', name, ...operands.map((operand) => `<${operand}>`), ...flags.map((flag) => `[${flagUsage(flag)}]`)].join(
    ' ',
  )

/** A flag with its value, as it is typed. */
export function flagUsage(flag: CommandFlag): string {
  const { value } = COMMAND_FLAGS[flag]
  return value === undefined ? `--${flag}` : `--${flag} <${value}>`
}
