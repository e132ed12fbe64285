import { relative } from 'node:path'

/** A file of the apps folder that cannot be used, with the place of the mistake. `message` is for the person who wrote it. */
export class AppError extends Error {
  override readonly name = 'AppError'
}

/** What went wrong, with file and line as an editor understands them: `apps/support.ts:12:5`. */
export function describeAppError(thrown: unknown, file: string, folder: string): string {
  const message = thrown instanceof Error ? firstLine(thrown.message) : String(thrown)
  return `${placeOf(thrown, file, folder)} ${message}`
}

function placeOf(thrown: unknown, file: string, folder: string): string {
  const text = thrown instanceof Error ? `${thrown.message}\n${thrown.stack ?? ''}` : ''
  const loc = (thrown as { loc?: { line?: number; column?: number } } | null)?.loc
  const place = new RegExp(`${quoted(folder)}[^\\s:()]*:\\d+(:\\d+)?`).exec(text.replace(/file:\/\//g, ''))?.[0]
  if (place) return shownPath(place)
  return loc?.line === undefined ? shownPath(file) : `${shownPath(file)}:${loc.line}:${(loc.column ?? 0) + 1}`
}

/** A path or place as the person who works here would write it. */
export const shownPath = (place: string): string => relative(process.cwd(), place) || place
const firstLine = (text: string): string =>
  text
    .replace(/^ParseError:\s*/, '')
    .split('\n')[0]
    ?.trim() ?? ''
const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
