import { Markdown } from './markdown.js'
import { useChat } from './session-context.js'

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
