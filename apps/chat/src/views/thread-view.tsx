import { useMemo, useRef } from 'preact/hooks'
import { isBusy, toTurns } from '../store/selectors.js'
import { Icon } from './icon.js'
import { Notices } from './notices.js'
import { ProblemRow } from './problem-row.js'
import { ProgressLine } from './progress-line.js'
import { useChat, useSession, useText } from './session-context.js'
import { Skeleton } from './skeleton.js'
import { TurnView } from './turn.js'
import { useThreadScroll } from './use-thread-scroll.js'

/** The conversation: its turns from the oldest loaded to the newest, and what is going on at its end. */
export function ThreadView() {
  const session = useSession()
  const text = useText()
  const scroller = useRef<HTMLDivElement>(null)
  const itemIds = useChat((state) => state.itemIds)
  const loading = useChat((state) => state.loading)
  const busy = useChat(isBusy)
  const hasOlder = useChat((state) => state.olderAfter !== null)
  const { top, bottom, freshKey, showPill, jumpToNewest } = useThreadScroll(scroller)

  // Only the ids decide how the turns are cut: an item that changes draws itself anew, not the thread.
  const turns = useMemo(() => toTurns(itemIds, session.getState().items), [session, itemIds])

  return (
    <div class="thread-frame">
      <div class="thread" ref={scroller}>
        <div class="column" role="log" aria-label={text.conversation} aria-live="off" aria-busy={busy}>
          <div ref={top} class="thread-top">
            {hasOlder && <span class="unseen">{text.loadingOlder}</span>}
          </div>
          {loading === 'thread' && <Skeleton />}
          {turns.map((turn, at) => {
            const isLast = at === turns.length - 1
            return (
              <TurnView key={turn.key} turn={turn} isLast={isLast} isFresh={isLast && turn.key === freshKey}>
                {isLast && <ThreadEnd />}
              </TurnView>
            )
          })}
          {turns.length === 0 && loading === 'none' && <ThreadEnd />}
          <div ref={bottom} />
        </div>
      </div>
      {showPill && (
        <button type="button" class="newest" onClick={jumpToNewest}>
          <Icon name="down" size={16} />
          {text.newest}
        </button>
      )}
    </div>
  )
}

function ThreadEnd() {
  return (
    <>
      <ProgressLine />
      <Notices />
      <ProblemRow />
    </>
  )
}
