import type { ConfigFile } from './config-file.js'

export type Variables = Record<string, string | undefined>

/** Where settings come from. Flags win over variables, variables over the file. */
export interface Given {
  env: Variables
  flags: Variables
  file?: ConfigFile | undefined
}

/** The values of the settings, and what is wrong with any text at all. Empty values are absent ones. */
export function mergeGiven(given: Given, names: readonly string[]): { values: Variables; problems: string[] } {
  const values: Variables = {}
  const problems: string[] = []
  for (const name of names) {
    const found = find(name, given)
    if (!found) continue
    values[name] = found.value
    if (UNPRINTABLE.test(found.value.trim()))
      problems.push(describeProblem(name, `${name} holds a line break or another control character: remove it.`, given))
  }
  return { values, problems }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = /[\x00-\x1f\x7f]/

/** The sentence, and what the value is now and where it was found, unless it may be a secret. */
export function describeProblem(name: string, sentence: string, given: Given): string {
  const found = find(name, given)
  if (!found) return sentence
  if (isSecret(name, found.value)) return found.place ? `${sentence} It is set ${found.place}.` : sentence
  const shown = JSON.stringify(found.value.length > LONGEST ? `${found.value.slice(0, LONGEST)}…` : found.value)
  return `${sentence} It is ${shown} ${found.place}`.trimEnd().concat('.')
}

const LONGEST = 80

/** Addresses may hold a password before their "@". */
const isSecret = (name: string, value: string) => /KEY|SECRET|TOKEN|HEADERS/.test(name) || value.includes('@')

function find(name: string, { env, flags, file }: Given): { value: string; place: string } | undefined {
  const places: [value: string | undefined, place: string][] = [
    [flags[name], 'on the command line'],
    [env[name], ''],
    [file?.values[name], file ? `in ${file.path}` : ''],
  ]
  for (const [value, place] of places) if (value !== undefined && value.trim() !== '') return { value, place }
  return undefined
}
