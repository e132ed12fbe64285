import type { AssistantMessageContent } from '@parley/protocol'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { createMarkdownStream, type MarkdownStream } from '../markdown/stream.js'
import { CitationMarkers, type Citing } from './citations/citation-markers.js'
import { groupCitations, type Sources } from './citations/citations.js'
import { drawInSight } from './draw-in-sight.js'
import { useMarkdownOptions } from './markdown-options.js'
import { useSession, useText } from './session-context.js'

interface Props {
  itemId: string
  index: number
  part: AssistantMessageContent
  isOpen: boolean
  sources: Sources
  citing: Citing
}

/** What draws. */
interface Pen {
  stream: MarkdownStream
  markers: CitationMarkers
}

/** What has been drawn into the element so far. */
interface Drawing {
  text: string
  citations: number
  /** `null` once the text is complete: the pen weighs several times as much as the text, and is let go. */
  pen: Pen | null
}

/**
 * One text part of an answer. The element is drawn by the Markdown stream alone: each frame pushes only the text that is
 * new, so a token costs the same however long the answer is. Text that was rewritten, not continued, is drawn anew.
 */
export function LiveMarkdown({ itemId, index, part, isOpen, sources, citing }: Props) {
  const session = useSession()
  const text = useText()
  const options = useMarkdownOptions()
  const element = useRef<HTMLDivElement>(null)
  const drawing = useRef<Drawing | null>(null)

  useLayoutEffect(() => {
    const container = element.current
    if (!container) return

    const begin = (): Pen => {
      container.replaceChildren()
      const stream = createMarkdownStream(container, options)
      return { stream, markers: new CitationMarkers(stream, text, citing) }
    }

    const draw = () => {
      const full = part.text + session.live.pending(itemId, index)
      const citations = part.annotations.length
      const before = drawing.current
      const isComplete = before !== null && before.pen === null && !isOpen
      if (isComplete && full === before.text && citations === before.citations) return
      const continued = before?.pen && full.startsWith(before.text) ? before.pen : null
      const pen = continued ?? begin()
      const drawnLength = continued && before ? before.text.length : 0
      if (full.length > drawnLength) pen.stream.push(full.slice(drawnLength))
      pen.markers.mark(groupCitations(part, sources))
      if (!isOpen) pen.stream.end()
      drawing.current = { text: full, citations, pen: isOpen ? pen : null }
    }

    draw()
    if (!isOpen) return
    const pace = drawInSight(container, draw)
    const unsubscribe = session.live.subscribe(itemId, pace.draw)
    return () => {
      unsubscribe()
      pace.stop()
    }
  }, [session, itemId, index, part, isOpen, options, sources, text, citing])

  return <div class="markdown" dir="auto" ref={element} data-live={isOpen ? '' : undefined} />
}
