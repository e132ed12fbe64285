import type { AdminPerson } from '@parley/protocol/admin'
import { type ReactNode, useCallback, useRef } from 'react'
import { admin } from '../api/admin.js'
import { toHash } from '../api/route.js'
import { useAction } from '../api/use-action.js'
import { Icon } from '../parts/icon.js'
import { Notice } from '../parts/notice.js'
import { Places } from './places.js'

interface ShellProps {
  person: AdminPerson
  page: string
  onSignOut(): void
  children: ReactNode
}

/** What is around every page of somebody who is signed in: where one can go, and who one is. */
export function Shell({ person, page, onSignOut, children }: ShellProps) {
  const main = useRef<HTMLElement>(null)
  const signOut = useAction(
    useCallback(async () => {
      await admin.login.signOut()
      onSignOut()
    }, [onSignOut]),
  )
  return (
    <div className="shell">
      <button className="button skip" type="button" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <header className="side">
        <a className="brand" href={toHash('apps')}>
          Parley studio
        </a>
        <Places page={page} />
        <div className="me">
          <a className="me-name" href={toHash('account')} aria-current={page === 'account' ? 'page' : undefined}>
            <Icon name="person" />
            <span>{person.name}</span>
          </a>
          <button className="button quiet-button" type="button" disabled={signOut.isBusy} onClick={() => signOut.run()}>
            Sign out
          </button>
        </div>
      </header>
      <main ref={main} tabIndex={-1}>
        {signOut.failure && <Notice tone="danger">{signOut.failure.message}</Notice>}
        {children}
      </main>
    </div>
  )
}
