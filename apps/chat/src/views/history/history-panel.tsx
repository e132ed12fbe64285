import { useChat, useSession, useText } from '../session-context.js'
import { Skeleton } from '../skeleton.js'
import { useHeadingLevel } from '../use-heading-level.js'
import { groupByDay } from './history-groups.js'
import { HistoryRow } from './history-row.js'
import { SearchField } from './search-field.js'
import { SearchResults } from './search-results.js'
import { useRowKeys } from './use-row-keys.js'
import '../../styles/history.css'

/** Earlier conversations, to find, open, rename and delete. */
export function HistoryPanel() {
  const session = useSession()
  const text = useText()
  const { threads, phase } = useChat((state) => state.history)
  const search = useChat((state) => state.search)
  const level = useHeadingLevel(1)
  const onKeyDown = useRowKeys()

  return (
    <main class="history" aria-label={text.history} onKeyDown={onKeyDown}>
      <div class="column">
        {(threads.length > 0 || search) && <SearchField />}
        {phase === 'failed' && (
          <div class="problem" role="alert">
            <p>{text.historyFailed}</p>
            <button type="button" class="button" onClick={() => session.fetchUpdates()}>
              {text.retry}
            </button>
          </div>
        )}
        {phase === 'loading' && threads.length === 0 && <Skeleton />}
        {phase === 'ready' && threads.length === 0 && (
          <div class="empty">
            <h2 aria-level={level}>{text.noHistory}</h2>
            <p>{text.noHistoryHint}</p>
          </div>
        )}
        {search ? <SearchResults search={search} /> : <AllChats />}
      </div>
    </main>
  )
}

/** All that are loaded, by day. */
function AllChats() {
  const session = useSession()
  const text = useText()
  const { threads, after } = useChat((state) => state.history)
  const locale = useChat((state) => state.locale)
  const level = useHeadingLevel(1)
  return (
    <>
      {groupByDay(threads, new Date(), text, locale).map((group) => (
        <section key={group.label} class="history-group">
          <h2 aria-level={level}>{group.label}</h2>
          <ul>
            {group.threads.map((thread) => (
              <HistoryRow key={thread.id} thread={thread} />
            ))}
          </ul>
        </section>
      ))}
      {after && (
        <button type="button" class="button history-more" onClick={() => session.loadMoreThreads()}>
          {text.more}
        </button>
      )}
    </>
  )
}
