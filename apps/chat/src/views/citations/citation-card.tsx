import { useLayoutEffect, useRef } from 'preact/hooks'
import { SourceLine } from './source-line.js'
import type { ActiveCitation } from './use-citation-card.js'

const CARD_WIDTH = 320

/** The preview of a citation's sources, floating under its number. */
export function CitationCard({ group, left, top, width, onLeave }: ActiveCitation & { onLeave(): void }) {
  const card = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const room = Math.min(CARD_WIDTH, width)
    const start = Math.max(0, Math.min(left - 16, width - room))
    card.current?.style.setProperty('left', `${start}px`)
    card.current?.style.setProperty('top', `${top + 6}px`)
    card.current?.style.setProperty('width', `${room}px`)
  }, [left, top, width])
  return (
    <div class="citation-card floating" ref={card} role="tooltip" onPointerLeave={onLeave}>
      {group.sources.map((numbered) => (
        <SourceLine key={numbered.number} {...numbered} isCard />
      ))}
    </div>
  )
}
