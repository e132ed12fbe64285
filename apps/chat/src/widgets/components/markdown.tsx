import { useLayoutEffect, useRef } from 'preact/hooks'
import { createMarkdownStream, type MarkdownOptions, type MarkdownStream } from '../../markdown/stream.js'
import { type WidgetProps, wordsOf } from '../values/read.js'
import { useWidget } from '../widget-context.js'

/** What has been drawn into the element so far, and how. */
interface Drawing {
  stream: MarkdownStream
  text: string
  options: MarkdownOptions
  ended: boolean
}

/** Markdown, written on while it grows: what is drawn is drawn once. */
export function Markdown({ props }: { props: WidgetProps }) {
  const { markdown } = useWidget()
  const element = useRef<HTMLDivElement>(null)
  const drawing = useRef<Drawing | null>(null)
  const text = wordsOf(props.value)
  const isStreaming = props.streaming === true

  useLayoutEffect(() => {
    if (!element.current) return
    const now = drawing.current
    const grows = now && now.options === markdown && text.startsWith(now.text) && (!now.ended || text === now.text)
    const next = grows ? now : startOver(element.current, markdown)
    next.stream.push(text.slice(next.text.length))
    next.text = text
    if (!isStreaming && !next.ended) {
      next.stream.end()
      next.ended = true
    }
    drawing.current = next
  }, [text, isStreaming, markdown])

  return <div class="markdown widget-markdown" dir="auto" data-live={isStreaming || undefined} ref={element} />
}

function startOver(element: HTMLElement, options: MarkdownOptions): Drawing {
  element.replaceChildren()
  return { stream: createMarkdownStream(element, options), text: '', options, ended: false }
}
