import type { UserMessageItem } from '@parley/protocol'

const LONGEST = 48

/** A short title out of the first message: its first line in plain words, cut between words. */
export function titleOf(item: UserMessageItem): string | undefined {
  const text = item.content.map((part) => (part.type === 'input_tag' ? `@${part.text}` : part.text)).join('')
  const line = text
    .trim()
    .split('\n', 1)[0]
    ?.replace(/[*_`#>~]+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (!line) return undefined
  if (line.length <= LONGEST) return line
  const cut = line.slice(0, LONGEST)
  const space = cut.lastIndexOf(' ')
  return `${cut.slice(0, space > LONGEST / 2 ? space : LONGEST).replace(/[\s,;:.–-]+$/, '')}…`
}
