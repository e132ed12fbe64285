/** The one of `names` that was probably meant, or `undefined` when none is near. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const near = names
    .map((known) => ({ known, distance: distanceOf(name.toUpperCase(), known) }))
    .filter(({ known, distance }) => distance <= Math.max(2, known.length / 4))
    .sort((one, other) => one.distance - other.distance)
  return near[0]?.known
}

/** How many letters have to be added, dropped or changed to make one name of the other. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let index = 0; index < one.length; index += 1) {
    const next = [index + 1]
    for (let column = 0; column < other.length; column += 1) {
      const changed = (row[column] ?? 0) + (one[index] === other[column] ? 0 : 1)
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
