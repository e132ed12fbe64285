/** A mark, in front of the line or around words, and what of it is read. */
const MARKS: readonly (readonly [RegExp, string])[] = [
  [/^ {0,3}(?:`{3,}|~{3,}).*$/gm, ''], // the fence of a code block
  [/^[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|?)+[ \t]*$/gm, ''], // below the head of a table, or between two parts
  [/^[ \t]*(?:(?:#{1,6}|>|[-*+])[ \t]+)+(?:\[[ xX]\][ \t]+)?/gm, ''], // headings, quotes, lists, tasks
  [/!?\[([^[\]\n]{0,300})\]\([^()\s]{0,1000}(?: "[^"\n]{0,300}")?\)/g, '$1'],
  [/(\*\*|__|~~)(?=\S)([^\n]{1,300}?)(?<=\S)\1/g, '$2'],
  [/(?<![\w*])([*_])(?=\S)([^*_\n]{1,300})(?<=\S)\1(?![\w*])/g, '$2'],
  [/(`+)([^`\n]{1,300})\1/g, '$2'],
]

/**
 * The words of a Markdown text as they are read aloud, or shown in one line of a list: without the marks that only give
 * them a shape. Close rather than exact; nothing that is drawn depends on it.
 */
export function markdownWords(markdown: string): string {
  return MARKS.reduce((text, [mark, read]) => text.replace(mark, read), markdown)
    .replace(TABLE_ROW, (_, cells: string) =>
      cells
        .split('|')
        .map((cell) => cell.trim())
        .join(', '),
    )
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const TABLE_ROW = /^[ \t]*\|([^\n]+)\|[ \t]*$/gm
