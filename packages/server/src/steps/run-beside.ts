import type { RunEvent } from '@parley/protocol'

type Round<Output> = AsyncGenerator<RunEvent, Output, undefined>

/** What one of several rounds said last. */
interface Said<Output> {
  index: number
  round: Round<Output>
  result?: IteratorResult<RunEvent, Output>
  thrown?: unknown
}

/**
 * Does several rounds, some of them at once, and gives what came of each, in their order. Events come as they happen. When
 * one fails no other begins, those at work come to their end, and what the first threw is thrown.
 */
export async function* runBeside<Output>(
  begins: readonly (() => Round<Output>)[],
  most: number,
): AsyncGenerator<RunEvent, Output[], undefined> {
  const outputs: Output[] = []
  const open = new Set<Round<Output>>()
  const said: Said<Output>[] = []
  let wake: () => void = () => undefined
  let failure: { thrown: unknown } | undefined
  let next = 0

  function listen(index: number, round: Round<Output>): void {
    const hear = (what: Pick<Said<Output>, 'result' | 'thrown'>) => {
      said.push({ index, round, ...what })
      wake()
    }
    round.next().then(
      (result) => hear({ result }),
      (thrown: unknown) => hear({ thrown }),
    )
  }

  try {
    for (;;) {
      while (!failure && next < begins.length && open.size < Math.max(1, most)) {
        const round = begins[next]?.()
        if (round) {
          open.add(round)
          listen(next, round)
        }
        next += 1
      }
      if (open.size === 0) break
      if (said.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      for (const { index, round, result, thrown } of said.splice(0)) {
        if (result?.done === false) {
          yield result.value
          listen(index, round)
          continue
        }
        open.delete(round)
        if (result?.done) outputs[index] = result.value
        else failure ??= { thrown }
      }
    }
  } finally {
    for (const round of open) void round.return(undefined as never).catch(() => undefined) // nobody reads it any more
  }
  if (failure) throw failure.thrown
  return outputs
}
