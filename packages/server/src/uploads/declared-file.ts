/** A file as its sender describes it, made safe to store and to show. */
export interface DeclaredFile {
  name: string
  size: number
  mime_type: string
}

const LONGEST_NAME = 200
/** Control characters, broken ones, and those that turn a text's direction around to hide a name's real ending. */
const UNSEEN = /[\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu
const MIME_TYPE = /^[a-z0-9][a-z0-9.+-]*\/[a-z0-9][a-z0-9.+-]*$/

/** Takes folders and invisible characters off the name, and parameters off the type. */
export function cleanFile({ name, size, mime_type }: DeclaredFile): DeclaredFile {
  const type = mime_type.split(';')[0]?.trim().toLowerCase() ?? ''
  return { name: cleanName(name), size, mime_type: MIME_TYPE.test(type) ? type : 'application/octet-stream' }
}

function cleanName(name: string): string {
  const last = name.replace(UNSEEN, '').split(/[/\\]/).at(-1)?.trim() ?? ''
  if (last === '' || last === '.' || last === '..') return 'file'
  if (last.length <= LONGEST_NAME) return last
  const ending = /\.[^.]{1,12}$/.exec(last)?.[0] ?? ''
  return last.slice(0, LONGEST_NAME - ending.length).replace(UNSEEN, '') + ending
}
