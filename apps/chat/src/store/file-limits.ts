import type { ComposerOptions } from './options.js'
import type { FileRefusal } from './state.js'

type Limits = NonNullable<ComposerOptions['attachments']>

// Source: the defaults of the published ChatKit options.
const MAX_SIZE = 100 * 1024 * 1024
const MAX_COUNT = 10

/** Why a file cannot be added to those that are there already; `null` when it can. */
export function refusalOf(
  file: { name: string; size: number; type: string },
  limits: Limits | undefined,
  { count, locale }: { count: number; locale: string },
): FileRefusal | null {
  const maxCount = limits?.maxCount ?? MAX_COUNT
  if (count >= maxCount) return { code: 'too_many', limit: new Intl.NumberFormat(locale).format(maxCount) }
  const { name } = file
  if (limits?.accept && !isAccepted(file, limits.accept))
    return { code: 'wrong_type', name, limit: namesOf(limits.accept, locale) }
  const maxSize = maxSizeOf(file.type, limits?.maxSize)
  return file.size > maxSize ? { code: 'too_large', name, limit: sizeInWords(maxSize, locale) } : null
}

/** A number of bytes as people read it: `20 MB`, `20 Mo`. */
export function sizeInWords(bytes: number, locale: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte']
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10))
  const unitDisplay = power === 0 ? 'long' : 'short' // "3 bytes" but "3 MB"
  const format = { style: 'unit', unit: units[power], unitDisplay, maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(locale, format).format(bytes / 1024 ** power)
}

/** The most exact pattern wins: `image/png`, then `image/*`, then `*` or the empty one. */
function maxSizeOf(type: string, maxSize: Limits['maxSize']): number {
  if (typeof maxSize !== 'object') return maxSize ?? MAX_SIZE
  return (
    maxSize[type] ?? maxSize[`${type.split('/')[0]}/*`] ?? maxSize['*'] ?? maxSize['*/*'] ?? maxSize[''] ?? MAX_SIZE
  )
}

/** By its type or by its ending: browsers know few types. */
function isAccepted({ name, type }: { name: string; type: string }, accept: Record<string, string[]>): boolean {
  const lower = name.toLowerCase()
  return Object.entries(accept).some(([pattern, endings]) => {
    const fits =
      pattern === '*/*' || (pattern.endsWith('/*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern)
    const hasEnding = endings.some((ending) => lower.endsWith(`.${ending.replace(/^\./, '').toLowerCase()}`))
    return endings.length === 0 ? fits : hasEnding || (fits && !lower.includes('.'))
  })
}

function namesOf(accept: Record<string, string[]>, locale: string): string {
  const names = Object.entries(accept).flatMap(([pattern, endings]) => (endings.length > 0 ? endings : [pattern]))
  return new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(names)
}
