/** Text in which what was looked for stands out. */
export function Marked({ text, marks }: { text: string; marks: readonly [number, number][] }) {
  let at = 0
  const pieces = marks.map(([from, to]) => {
    const piece = [text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>]
    at = to
    return piece
  })
  return (
    <>
      {pieces}
      {text.slice(at)}
    </>
  )
}
