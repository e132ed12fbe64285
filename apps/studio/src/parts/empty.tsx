import type { ReactNode } from 'react'

/** A list without rows: what would be here, and what to do first. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className="empty">{children}</p>
}
