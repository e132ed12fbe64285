import type { ReactNode } from 'react'
import { Icon } from './icon.js'

/** Something to know before going on. `danger` is read aloud at once and can be focused. */
export function Notice({ tone, children }: { tone: 'info' | 'warning' | 'danger'; children: ReactNode }) {
  const isDanger = tone === 'danger'
  return (
    <div className="notice" data-tone={tone} role={isDanger ? 'alert' : undefined} tabIndex={isDanger ? -1 : undefined}>
      <Icon name={tone === 'info' ? 'info' : 'warning'} />
      <div>{children}</div>
    </div>
  )
}
