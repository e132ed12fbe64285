import { isRecord, textOf, wordsOf } from '../values/read.js'

/** One of the choices of a Select or a RadioGroup. */
export interface Option {
  value: string
  label: string
  description: string | undefined
  disabled: boolean
}

const MOST_OPTIONS = 2000

/** Reads the `options` prop; what is no option is left out. */
export function readOptions(value: unknown): Option[] {
  if (!Array.isArray(value)) return []
  return value.slice(0, MOST_OPTIONS).flatMap((option): Option[] => {
    if (!isRecord(option) || (typeof option.value !== 'string' && typeof option.value !== 'number')) return []
    const own = String(option.value)
    const description = textOf(option.description)
    return [{ value: own, label: wordsOf(option.label) || own, description, disabled: option.disabled === true }]
  })
}

/** The options that hold the words searched for, in their label or description. */
export function searchOptions(options: Option[], query: string): Option[] {
  const words = query.trim().toLocaleLowerCase()
  return words === ''
    ? options
    : options.filter(({ label, description = '' }) => `${label} ${description}`.toLocaleLowerCase().includes(words))
}
