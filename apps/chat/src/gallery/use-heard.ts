import { useCallback, useState } from 'preact/hooks'
import type { Heard } from './event-log.js'

const MOST = 20
/** Reading the thread is how the live view works, not what the sample does. */
const ROUTINE = new Set(['threads.get_by_id', 'items.list', 'threads.list'])

/** What page and server heard of late, newest first. */
export function useHeard() {
  const [heard, setHeard] = useState<Heard[]>([])
  const hear = useCallback((name: string, detail: unknown) => {
    if (ROUTINE.has(name)) return
    setHeard((before) =>
      [{ id: (before[0]?.id ?? 0) + 1, name, detail: JSON.stringify(detail, writeErrors) ?? '' }, ...before].slice(
        0,
        MOST,
      ),
    )
  }, [])
  const clear = useCallback(() => setHeard([]), [])
  return { heard, hear, clear }
}

/** JSON has no words for errors. */
const writeErrors = (_: string, value: unknown) => (value instanceof Error ? value.message : value)
