/** One task at a time per key, in the order of asking. */
export type KeyedLock = <Result>(key: string, task: () => Promise<Result>) => Promise<Result>

export function createKeyedLock(): KeyedLock {
  const tails = new Map<string, Promise<unknown>>()
  return (key, task) => {
    const turn = (tails.get(key) ?? Promise.resolve()).then(task)
    const tail = turn.then(
      () => undefined,
      () => undefined, // the caller hears of it; the next in line need not
    )
    tails.set(key, tail)
    void tail.then(() => {
      if (tails.get(key) === tail) tails.delete(key)
    })
    return turn
  }
}
