import type { AssistantMessageContent } from '@parley/protocol'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { createMarkdownStream, type MarkdownStream } from '../markdown/stream.js'
import { CitationMarkers, type Citing } from './citations/citation-markers.js'
import { groupCitations, type Sources } from './citations/citations.js'
import { useSession, useText } from './session-context.js'
import { useMarkdownOptions } from './use-markdown-options.js'

interface Props {
  itemId: string
  index: number
  part: AssistantMessageContent
  isOpen: boolean
  sources: Sources
  citing: Citing
}

/** What has been drawn into the element so far. */
interface Drawing {
  stream: MarkdownStream
  text: string
  markers: CitationMarkers
  ended: boolean
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

    const begin = (): Drawing => {
      container.replaceChildren()
      const stream = createMarkdownStream(container, options)
      return { stream, text: '', markers: new CitationMarkers(stream, text, citing), ended: false }
    }

    const draw = () => {
      const full = part.text + session.live.pending(itemId, index)
      const continues = drawing.current && !drawing.current.ended && full.startsWith(drawing.current.text)
      const unchanged = drawing.current?.ended && full === drawing.current.text && !isOpen
      let current = unchanged || continues ? drawing.current : null
      if (!current) {
        current = begin()
        drawing.current = current
      }
      if (full.length > current.text.length) {
        current.stream.push(full.slice(current.text.length))
        current.text = full
      }
      current.markers.mark(groupCitations(part, sources))
      if (!isOpen && !current.ended) {
        current.stream.end()
        current.ended = true
      }
    }

    draw()
    return isOpen ? session.live.subscribe(itemId, draw) : undefined
  }, [session, itemId, index, part, isOpen, options, sources, text, citing])

  return <div class="markdown" dir="auto" ref={element} data-live={isOpen ? '' : undefined} />
}
