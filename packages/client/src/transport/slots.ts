/** Does what it is given, but no more of it at once than `most`; the others wait their turn, until somebody leaves. */
export function createSlots(most: number) {
  let busy = 0
  const waiting: (() => void)[] = []

  const turn = (signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      const begin = () => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        waiting.splice(waiting.indexOf(begin), 1)
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', leave, { once: true })
      waiting.push(begin)
    })

  return async <Answer>(signal: AbortSignal | undefined, work: () => Promise<Answer>): Promise<Answer> => {
    if (busy < most) busy += 1
    else await turn(signal) // it takes over the place of whoever lets it begin
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else busy -= 1
    }
  }
}
