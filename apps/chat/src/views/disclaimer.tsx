import { lazyView } from './lazy-view.js'
import { useChat } from './session-context.js'

const Markdown = lazyView(async () => (await import('./markdown.js')).Markdown, KeptPlace)

/** The host page's small print under the composer. */
export function Disclaimer() {
  const disclaimer = useChat((state) => state.options.disclaimer)
  if (!disclaimer) return null
  return (
    <div class={disclaimer.highContrast ? 'disclaimer disclaimer-strong' : 'disclaimer'}>
      <Markdown text={disclaimer.text} />
    </div>
  )
}

/** As tall as the text will be: the composer above does not move when it comes. */
function KeptPlace({ text }: { text: string }) {
  return <div class="markdown kept-place">{text}</div>
}
