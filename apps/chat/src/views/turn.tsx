import type { ComponentChildren } from 'preact'
import { isBusy, lastItem, pendingQuestion, type Turn } from '../store/selectors.js'
import type { ChatState } from '../store/state.js'
import { ItemView } from './item.js'
import { useChat } from './session-context.js'
import { TurnActions } from './turn-actions.js'

/** A question and everything said to it. */
export function TurnView(props: { turn: Turn; isLast: boolean; isFresh: boolean; children: ComponentChildren }) {
  const { turn, isLast, isFresh, children } = props
  const isOpen = useChat((state) => isLast && (isRunning(state) || pendingQuestion(state) !== null))
  const answerIds = turn.userId === null ? turn.itemIds : turn.itemIds.slice(1)
  const kind = [isLast ? 'turn-last' : 'turn-rest', isFresh && 'turn-fresh'].filter(Boolean).join(' ')

  return (
    <div class={`turn ${kind}`}>
      {turn.itemIds.map((id) => (
        <ItemView key={id === turn.userId ? turn.key : id} id={id} />
      ))}
      {answerIds.length > 0 && !isOpen && <TurnActions turn={turn} answerIds={answerIds} />}
      {children}
    </div>
  )
}

/** An agent that says its turn has ended may go on working, unseen. */
function isRunning(state: ChatState): boolean {
  return isBusy(state) && lastItem(state)?.type !== 'end_of_turn'
}
