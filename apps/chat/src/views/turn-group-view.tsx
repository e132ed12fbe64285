import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import type { TurnGroup } from '../store/turn-groups.js'
import { TurnView } from './turn.js'

interface Props {
  group: TurnGroup
  /** Whether it is the last of the thread; only then the others are looked at. */
  isLast?: boolean
  freshId?: string | null
  /** What stands at the end of the last turn. */
  end?: ComponentChildren
}

/**
 * Some turns in a row. Out of sight they cost nothing (`content-visibility`), as a group, because the browser looks after
 * each such box in every frame. Drawn again only when something of the group is another.
 */
export function TurnGroupView({ group, isLast = false, freshId = null, end }: Props) {
  const turns = useMemo(
    () =>
      group.turns.map((turn, at) => {
        const isLastTurn = isLast && at === group.turns.length - 1
        const isFresh = isLastTurn && freshId !== null && turn.userId === freshId
        return (
          <TurnView key={turn.key} turn={turn} isLast={isLastTurn} isFresh={isFresh}>
            {isLastTurn && end}
          </TurnView>
        )
      }),
    [group, isLast, freshId, end],
  )
  return (
    <div class={isLast ? 'turns turns-last' : 'turns'} style={{ '--turns': group.turns.length }}>
      {turns}
    </div>
  )
}
