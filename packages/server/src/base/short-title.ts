const LONGEST = 48
/** More than becomes a title is not looked through for marks. */
const LONGEST_READ = 8 * LONGEST

/** A few words for a headline: the first line of a text in plain words, cut between words. */
export function shortTitle(text: string): string | undefined {
  const [first = ''] = text.trim().replace(FENCE, '').split('\n', 1)
  const line = withoutMarks(first.slice(0, LONGEST_READ).replace(LINE_MARKS, '')).replace(/\s+/g, ' ').trim()
  if (!line) return undefined
  if (line.length <= LONGEST) return line
  const cut = line.slice(0, LONGEST)
  const space = cut.lastIndexOf(' ')
  return `${cut.slice(0, space > LONGEST / 2 ? space : LONGEST).replace(/[\s,;:.–-]+$/, '')}…`
}

/** The line that opens a block of code: what the block says is the title. */
const FENCE = /^`{3,}.*\n/
/** Marks at the start of a line: of headings, quotes and lists. */
const LINE_MARKS = /^(?:(?:#{1,6}|[*-])\s+|>\s*)+/
/** Pairs of ticks around code; then pairs around whole words. What is between words or digits is no mark: `2*3*4`, `a_b_c`. */
const PAIRS =
  /(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)|(?<![\p{L}\p{N}*_~])(\*{1,3}|_{1,3}|~~)(?![\s*_~])(.+?)(?<![\s*_~])\3(?![\p{L}\p{N}*_~])/gu

const withoutMarks = (text: string): string =>
  text.replace(PAIRS, (_pair, _ticks, code: string | undefined, _mark, marked: string) => code ?? withoutMarks(marked))
