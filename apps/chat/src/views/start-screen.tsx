import type { StartPrompt } from '../store/options.js'
import { Icon } from './icon.js'
import { useChat, useSession, useText } from './session-context.js'
import { useGoOnWriting } from './use-go-on-writing.js'
import { useHeadingLevel } from './use-heading-level.js'

/** What stands where a conversation will be: a greeting and a few ways to begin. */
export function StartScreen() {
  const text = useText()
  const options = useChat((state) => state.options.startScreen)
  const level = useHeadingLevel(1)
  return (
    <section class="start column">
      <h2 class="start-greeting" dir="auto" aria-level={level}>
        {options?.greeting ?? text.greeting}
      </h2>
      {options?.prompts && options.prompts.length > 0 && (
        <ul class="start-prompts">
          {options.prompts.map((prompt) => (
            <li key={prompt.label}>
              <Prompt prompt={prompt} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Prompt({ prompt: { label, prompt, icon } }: { prompt: StartPrompt }) {
  const session = useSession()
  const goOnWriting = useGoOnWriting()
  const send = () => {
    goOnWriting()
    return session.sendUserMessage(typeof prompt === 'string' ? { text: prompt } : { content: prompt })
  }
  return (
    <button type="button" class="start-prompt" onClick={send}>
      <Icon name={icon ?? 'sparkle'} />
      <span dir="auto">{label}</span>
    </button>
  )
}
