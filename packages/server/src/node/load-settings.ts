import { type ConfigFile, readConfigFile } from './config-file.js'
import { nearestName } from './nearest-name.js'
import type { Variables } from './setting-problems.js'
import { SETTING_NAMES } from './setting-variables.js'
import { readSettings, type Settings, SettingsError } from './settings.js'

/** The settings, where they came from, and what looks like a mistake but stops nothing. */
export interface LoadedSettings {
  settings: Settings
  /** The config file that was read. */
  file?: string
  warnings: string[]
}

/**
 * Reads and checks all settings: flags win over environment variables, and those over the config file.
 *
 * @throws {SettingsError} with one sentence for each setting that cannot be used.
 */
export function loadSettings(env: Variables, flags: Variables = {}): LoadedSettings {
  const file = readConfigFile(flags.PARLEY_CONFIG ?? (env.PARLEY_CONFIG || undefined))
  if (file) refuseUnknown(file)
  return {
    settings: readSettings(env, flags, file),
    ...(file && { file: file.path }),
    warnings: unknownVariables(env).map((name) => `${unknown(name)} It changes nothing.`),
  }
}

/** A file holds nothing but our settings: another name there is a mistake. */
function refuseUnknown({ path, values }: ConfigFile): void {
  const problems = Object.keys(values)
    .filter((name) => !SETTING_NAMES.includes(name) || name === 'PARLEY_CONFIG')
    .map((name) =>
      name === 'PARLEY_CONFIG'
        ? `PARLEY_CONFIG cannot be set in ${path}: it is the name of this file.`
        : `${unknown(name)} Correct or remove it in ${path}.`,
    )
  if (problems.length > 0) throw new SettingsError(problems)
}

function unknown(name: string): string {
  const meant = nearestName(name, SETTING_NAMES)
  return `${name} is not a setting of Parley${meant ? `: did you mean ${meant}?` : '.'}`
}

const unknownVariables = (env: Variables): string[] =>
  Object.keys(env).filter(
    (name) => name.startsWith('PARLEY_') && !SETTING_NAMES.includes(name) && !OF_KUBERNETES.test(name),
  )

/** Kubernetes sets these in every pod beside a service called "parley". */
const OF_KUBERNETES = /^PARLEY_(SERVICE_(HOST|PORT).*|PORT(_\d+_(TCP|UDP|SCTP).*)?)$/
