import type { AdminPerson } from '@parley/protocol/admin'
import { type ReactNode, useCallback, useRef } from 'react'
import { admin } from '../api/admin.js'
import { toHash } from '../api/route.js'
import { useAction } from '../api/use-action.js'
import { Icon, type IconName } from '../parts/icon.js'
import { Notice } from '../parts/notice.js'

const PLACES: { page: string; name: string; icon: IconName }[] = [
  { page: 'apps', name: 'Apps', icon: 'apps' },
  { page: 'knowledge', name: 'Knowledge', icon: 'knowledge' },
  { page: 'keys', name: 'Keys', icon: 'key' },
  { page: 'users', name: 'Users', icon: 'users' },
  { page: 'sessions', name: 'Sessions', icon: 'session' },
  { page: 'server', name: 'Server', icon: 'server' },
]

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
        <nav aria-label="Studio">
          <ul>
            {PLACES.map((place) => (
              <li key={place.page}>
                <a href={toHash(place.page)} aria-current={place.page === page ? 'page' : undefined}>
                  <Icon name={place.icon} />
                  {place.name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
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
