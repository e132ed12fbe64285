import { useEffect, useRef, useState } from 'preact/hooks'
import { useSession } from '../../session-context.js'

/** Letters typed in one go are one question to the page. */
const PAUSE_MS = 150

export interface Search<Found> {
  phase: 'searching' | 'ready' | 'failed'
  /** While the next answer is awaited: the last ones. */
  found: Found[]
  /** What `found` answers. */
  query: string
  retry(): void
}

/** Asks the page for what fits the query; an answer that was overtaken by a later question is left out. */
export function useSearch<Found>(
  path: 'entities.onTagSearch' | 'commands.onSearch' | null,
  query: string,
  read: (answer: unknown) => Found[],
): Search<Found> {
  const session = useSession()
  const [search, setSearch] = useState<Omit<Search<Found>, 'retry'>>({
    phase: path ? 'searching' : 'ready',
    found: [],
    query,
  })
  const [attempt, setAttempt] = useState(0)
  const isFirst = useRef(true)

  useEffect(() => {
    if (!path) return
    let current = true
    setSearch((last) => ({ ...last, phase: 'searching' }))
    const ask = () => {
      session.askHost(path, query).then(
        (answer) => current && setSearch({ phase: 'ready', found: read(answer), query }),
        (error: unknown) => {
          if (!current) return
          setSearch({ phase: 'failed', found: [], query })
          session.reportError(error)
        },
      )
    }
    const timer = setTimeout(ask, isFirst.current ? 0 : PAUSE_MS)
    isFirst.current = false
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [session, path, query, read, attempt])

  const isOvertaken = path !== null && search.query !== query
  return {
    ...search,
    ...(isOvertaken && { phase: 'searching' }),
    retry: () => setAttempt((count) => count + 1),
  }
}
