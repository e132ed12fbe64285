import { useRef, useState } from 'react'
import { Icon } from './icon.js'

interface CodeBlockProps {
  /** What it is, for its copy button and for screen readers. */
  name: string
  code: string
}

/** Text to take along: whole, selectable and with a button that copies it. */
export function CodeBlock({ name, code }: CodeBlockProps) {
  const text = useRef<HTMLElement>(null)
  const [said, setSaid] = useState('')
  const copy = async () => {
    const isCopied = await copyText(code)
    setSaid(isCopied ? 'Copied' : 'Selected: press Ctrl or ⌘ C')
    if (!isCopied && text.current) getSelection()?.selectAllChildren(text.current)
  }
  return (
    <div className="code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: wide code scrolls, also by keyboard */}
      <section tabIndex={0} aria-label={name}>
        <pre>
          <code ref={text}>{code}</code>
        </pre>
      </section>
      <div className="code-foot">
        <button className="button" type="button" aria-label={`Copy ${name.toLowerCase()}`} onClick={copy}>
          <Icon name={said === 'Copied' ? 'done' : 'copy'} />
          Copy
        </button>
        <span className="quiet" role="status">
          {said}
        </span>
      </div>
    </div>
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
