import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { SettingsError } from './settings-error.js'

/** Read from the working folder when no other file is named. */
const CONFIG_FILE = 'parley.config.json'

/** What a file holds: settings by the names of their variables. */
export interface ConfigFile {
  path: string
  values: Record<string, string>
}

/**
 * Reads settings from a JSON object whose keys are the names of the variables. Numbers, `true`, `false` and lists of
 * texts may be written as such.
 *
 * @param named The file that was asked for. Absent: `parley.config.json`, if there is one.
 * @throws {SettingsError} with a sentence for each thing that cannot be read.
 */
export function readConfigFile(named?: string): ConfigFile | undefined {
  const path = resolve(named ?? CONFIG_FILE)
  const text = readText(path, named)
  if (text === undefined) return undefined
  const problems: string[] = []
  const values: Record<string, string> = {}
  for (const [name, value] of Object.entries(parseObject(text, path))) {
    const plain = toText(value)
    if (plain === undefined)
      problems.push(`${name} in ${path} must be a text, a number, true, false or a list of texts.`)
    else if (plain !== null) values[name] = plain
  }
  if (problems.length > 0) throw new SettingsError(problems)
  return { path, values }
}

function readText(path: string, named: string | undefined): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    if (named === undefined && Object(thrown).code === 'ENOENT') return undefined
    const reason = Object(thrown).code === 'ENOENT' ? 'it does not exist' : String(Object(thrown).message)
    throw new SettingsError([
      `The config file ${path} cannot be read: ${reason}. Correct PARLEY_CONFIG or --config, or leave it out.`,
    ])
  }
}

function parseObject(text: string, path: string): object {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch (thrown) {
    throw new SettingsError([`The config file ${path} is not valid JSON: ${Object(thrown).message}. ${EXAMPLE}`])
  }
  throw new SettingsError([`The config file ${path} must hold one JSON object. ${EXAMPLE}`])
}

const EXAMPLE = 'For example: { "PORT": 9000, "PARLEY_MODEL": "qwen3" }'

/** The value as a variable would hold it; `null`: nothing is said; `undefined`: it cannot be said in a variable. */
function toText(value: unknown): string | null | undefined {
  if (value === null || typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return Array.isArray(value) && value.every((part) => typeof part === 'string') ? value.join(',') : undefined
}
