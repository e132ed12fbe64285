/** The few best of many, without sorting all. Of equals the first stays first. */
export function createBest(limit: number) {
  const kept: { row: number; score: number }[] = []
  return {
    offer(row: number, score: number): void {
      if (kept.length === limit && score <= (kept.at(-1)?.score ?? 0)) return
      const place = kept.findIndex((other) => other.score < score)
      kept.splice(place < 0 ? kept.length : place, 0, { row, score })
      if (kept.length > limit) kept.pop()
    },
    /** Best first. */
    take: (): readonly { row: number; score: number }[] => kept,
  }
}
