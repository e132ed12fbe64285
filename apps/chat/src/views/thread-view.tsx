import type { VNode } from 'preact'
import { useMemo, useRef } from 'preact/hooks'
import { isBusy, toTurns } from '../store/selectors.js'
import { groupTurns, type TurnGroup } from '../store/turn-groups.js'
import '../styles/conversation.css'
import { Icon } from './icon.js'
import { Notices } from './notices.js'
import { ProblemRow } from './problem-row.js'
import { ProgressLine } from './progress-line.js'
import { QuoteSelection } from './quote/quote-selection.js'
import { useChat, useSession, useText } from './session-context.js'
import { Skeleton } from './skeleton.js'
import { TurnGroupView } from './turn-group-view.js'
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
  const { top, bottom, freshId, showPill, jumpToNewest } = useThreadScroll(scroller)

  // Only the ids decide how the turns are cut: an item that changes draws itself anew, not the thread.
  const drawn = useRef<TurnGroup[]>([])
  const groups = useMemo(() => {
    drawn.current = groupTurns(toTurns({ ...session.getState(), itemIds }), drawn.current)
    return drawn.current
  }, [session, itemIds])

  // The same node for the same group: all but the last are passed over when the thread is drawn again.
  const earlier = useRef(new WeakMap<TurnGroup, VNode>())
  const drawEarlier = (group: TurnGroup) => {
    const node = earlier.current.get(group) ?? <TurnGroupView key={group.key} group={group} />
    earlier.current.set(group, node)
    return node
  }
  const last = groups.at(-1)

  return (
    <div class="thread-frame">
      <div class="thread" ref={scroller}>
        <div class="column" role="log" aria-label={text.conversation} aria-live="off" aria-busy={busy}>
          <div ref={top} class="thread-top">
            {hasOlder && <span class="unseen">{text.loadingOlder}</span>}
          </div>
          {loading === 'thread' && <Skeleton />}
          {groups.map((group) =>
            group === last ? (
              <TurnGroupView key={group.key} group={group} isLast freshId={freshId} end={THREAD_END} />
            ) : (
              drawEarlier(group)
            ),
          )}
          {groups.length === 0 && loading === 'none' && THREAD_END}
          <div ref={bottom} />
        </div>
      </div>
      <QuoteSelection />
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

/** One and the same each time, so that the thread around it is not drawn again. */
const THREAD_END = <ThreadEnd />
