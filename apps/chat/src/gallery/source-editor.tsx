import { useState } from 'preact/hooks'
import type { Fault } from './read-source.js'

interface Props {
  title: string
  text: string
  faults: Fault[]
  /** Whether the text differs from the sample's own. */
  isChanged: boolean
  onChange(text: string): void
  onReset(): void
}

/** The source beside the live view: every valid change is drawn at once, every fault is named by its path. */
export function SourceEditor({ title, text, faults, isChanged, onChange, onReset }: Props) {
  const [said, setSaid] = useState('')
  const copy = async () => setSaid((await copyText(text)) ? 'Copied' : 'Could not copy')
  const isWrong = faults.length > 0
  return (
    <section class="source" aria-labelledby="source-title">
      <div class="pane-head">
        <h2 id="source-title">{title}</h2>
        <span class="said" role="status">
          {said}
        </span>
        {isChanged && (
          <button class="button" type="button" onClick={onReset}>
            Reset
          </button>
        )}
        <button class="button" type="button" onClick={copy} onBlur={() => setSaid('')}>
          Copy
        </button>
      </div>
      <textarea
        class="code"
        aria-labelledby="source-title"
        aria-invalid={isWrong}
        aria-describedby="faults"
        value={text}
        spellcheck={false}
        autocapitalize="off"
        autocomplete="off"
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <ul id="faults" class="faults" role="status">
        {faults.map(({ path, message }) => (
          <li key={path + message}>
            {path && <code>{path}</code>} {message}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The clipboard exists only on https and localhost, and a person may refuse it. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
