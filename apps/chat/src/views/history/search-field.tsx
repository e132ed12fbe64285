import { Icon } from '../icon.js'
import { IconButton } from '../icon-button.js'
import { useChat, useSession, useText } from '../session-context.js'

/** Where a person types what to look for. Escape empties it first; an empty field lets Escape close the history. */
export function SearchField() {
  const session = useSession()
  const text = useText()
  const query = useChat((state) => state.search?.query ?? '')
  return (
    <search class="history-search">
      <Icon name="search" size={16} />
      <input
        class="text-field"
        type="search"
        aria-label={text.searchHistory}
        placeholder={text.searchHistory}
        autocomplete="off"
        value={query}
        onInput={(event) => session.searchThreads(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || query === '') return
          event.stopPropagation()
          session.searchThreads('')
        }}
      />
      {query !== '' && (
        <IconButton icon="close" size={14} label={text.clearSearch} onClick={() => session.searchThreads('')} />
      )}
    </search>
  )
}
