import type { AdminNewKey } from '@parley/protocol/admin'
import { type ReactNode, useEffect, useRef } from 'react'
import { CodeBlock } from '../../parts/code-block.js'
import { closeDialogOf } from '../../parts/dialog.js'
import { Notice } from '../../parts/notice.js'

interface KeySecretProps {
  made: AdminNewKey
  /** What to do first. */
  first?: ReactNode
  /** Where it is kept. */
  children?: ReactNode
  /** Absent: closes the dialog around it. */
  onCopied?(): void
}

/** A key's secret, the one time that it can be seen. It takes the place of the form that made it, and its focus. */
export function KeySecret({ made: { secret }, first = 'Copy the key now.', children, onCopied }: KeySecretProps) {
  const shown = useRef<HTMLDivElement>(null)
  useEffect(() => shown.current?.focus(), [])
  return (
    // biome-ignore lint/a11y/useSemanticElements: it is no set of fields
    <div className="stack small secret keeps-focus" ref={shown} role="group" aria-label="Your new key" tabIndex={-1}>
      <Notice tone="warning">{first} It is not shown again.</Notice>
      <CodeBlock name="Key" code={secret} />
      <p className="quiet">
        {children ?? (
          <>
            Keep it on your server, for example as <code>PARLEY_API_KEY</code>.
          </>
        )}
      </p>
      <div className="buttons">
        <button
          className="button"
          type="button"
          onClick={({ currentTarget }) => (onCopied ? onCopied() : closeDialogOf(currentTarget))}
        >
          I have copied it
        </button>
      </div>
    </div>
  )
}
