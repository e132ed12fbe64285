import { useLayoutEffect, useRef } from 'preact/hooks'
import { renderMarkdown } from '../markdown/stream.js'
import { useMarkdownOptions } from './markdown-options.js'

/** Finished Markdown, e.g. of a notice. */
export function Markdown({ text }: { text: string }) {
  const element = useRef<HTMLDivElement>(null)
  const options = useMarkdownOptions()
  useLayoutEffect(() => {
    if (!element.current) return
    element.current.replaceChildren()
    renderMarkdown(element.current, text, options)
  }, [text, options])
  return <div class="markdown" dir="auto" ref={element} />
}
