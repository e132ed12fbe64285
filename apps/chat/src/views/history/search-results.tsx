import type { SearchState } from '../../store/state.js'
import { useSession, useText } from '../session-context.js'
import { Skeleton } from '../skeleton.js'
import { HistoryRow } from './history-row.js'

/** Chats that hold what was looked for, with the place where they do. */
export function SearchResults({ search }: { search: SearchState }) {
  const session = useSession()
  const text = useText()
  const { query, phase, matches, after, titlesOnly } = search
  const isEmpty = phase === 'ready' && matches.length === 0
  return (
    <>
      <p class="unseen" role="status">
        {phase === 'ready' ? text.found(matches.length) : ''}
      </p>
      {phase === 'failed' && (
        <div class="problem" role="alert">
          <p>{text.historyFailed}</p>
          <button type="button" class="button" onClick={() => session.searchThreads(query)}>
            {text.retry}
          </button>
        </div>
      )}
      {phase === 'loading' && matches.length === 0 && <Skeleton />}
      {isEmpty && (
        <div class="empty">
          <p>{text.noMatches(query.trim())}</p>
        </div>
      )}
      {titlesOnly && <p class="history-note">{text.titlesOnly}</p>}
      <ul aria-busy={phase === 'loading'}>
        {matches.map((match) => (
          <HistoryRow key={match.thread.id} thread={match.thread} match={match} />
        ))}
      </ul>
      {after && (
        <button type="button" class="button history-more" onClick={() => session.loadMoreMatches()}>
          {text.more}
        </button>
      )}
    </>
  )
}
