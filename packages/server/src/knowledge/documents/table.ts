/**
 * A table as text that can be searched row by row: each row names its columns, so that it makes sense on its own. The
 * first row with two filled cells or more is the heading of the columns.
 */
export function describeTable(rows: readonly (readonly string[])[]): string {
  const start = rows.findIndex((row) => row.filter((cell) => cell.trim() !== '').length >= 2)
  const heading = rows[start]
  if (!heading)
    return rows
      .map((row) => row.join(' ').trim())
      .filter(Boolean)
      .join('\n\n')
  const before = rows.slice(0, start).map((row) => row.join(' ').trim())
  const described = rows.slice(start + 1).map((row) => describeRow(heading, row))
  const lines = described.some(Boolean) ? described : [heading.join(' | ')] // nothing but headings is something too
  return [...before, ...lines].filter(Boolean).join('\n\n')
}

function describeRow(heading: readonly string[], row: readonly string[]): string {
  return row
    .map((cell, index) => [heading[index]?.trim(), oneLine(cell)] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => (name ? `${name}: ${value}` : value))
    .join('; ')
}

const oneLine = (cell: string): string => cell.replace(/\s+/g, ' ').trim()
