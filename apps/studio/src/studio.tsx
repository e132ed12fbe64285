import type { AdminPerson } from '@parley/protocol/admin'
import { type ComponentType, useCallback } from 'react'
import { CurrentPerson } from './api/current-person.js'
import { replaceRoute, useLinkToken, useRoute } from './api/route.js'
import { useVisitor } from './api/use-person.js'
import { AccountPage } from './pages/account-page.js'
import { AppPage, NewAppPage } from './pages/app-page.js'
import { AppsPage } from './pages/apps-page.js'
import { Front } from './pages/front.js'
import { KeysPage } from './pages/keys-page.js'
import { KnowledgeBasePage } from './pages/knowledge-base-page.js'
import { KnowledgePage } from './pages/knowledge-page.js'
import { ServerPage } from './pages/server-page.js'
import { SessionsPage } from './pages/sessions-page.js'
import { SetUpPage } from './pages/set-up-page.js'
import { Shell } from './pages/shell.js'
import { SignInPage } from './pages/sign-in-page.js'
import { UsersPage } from './pages/users-page.js'
import { Outcome } from './parts/outcome.js'

/** The whole studio: a link to set up with, signing in, or the pages of somebody who has. */
export function Studio() {
  const token = useLinkToken()
  const leaveLink = useCallback(() => replaceRoute('apps'), [])
  return token === undefined ? <Known /> : <SetUpPage token={token} onSignIn={leaveLink} onLeave={leaveLink} />
}

function Known() {
  const { visitor, find, welcome, leave } = useVisitor()
  if (visitor.kind === 'stranger') return <SignInPage hasEnded={visitor.hasEnded} onSignIn={welcome} />
  if (visitor.kind === 'person') return <SignedIn person={visitor.person} onSignOut={leave} />
  const failure = visitor.kind === 'failed' ? visitor.failure : undefined
  return (
    <Front title="Studio">
      <Outcome failure={failure} reload={find}>
        {() => null}
      </Outcome>
    </Front>
  )
}

function SignedIn({ person, onSignOut }: { person: AdminPerson; onSignOut(): void }) {
  const { page, id } = useRoute()
  return (
    <Shell person={person} page={page} onSignOut={onSignOut}>
      <CurrentPerson value={person}>
        <ThePage page={page} id={id} />
      </CurrentPerson>
    </Shell>
  )
}

function ThePage({ page, id }: { page: string; id: string | undefined }) {
  if (page === 'apps' && id === 'new') return <NewAppPage />
  if (page === 'apps' && id !== undefined) return <AppPage key={id} id={id} />
  if (page === 'knowledge' && id !== undefined) return <KnowledgeBasePage key={id} id={id} />
  const Found = PAGES[page] ?? AppsPage
  return <Found />
}

const PAGES: Record<string, ComponentType | undefined> = {
  knowledge: KnowledgePage,
  keys: KeysPage,
  users: UsersPage,
  sessions: SessionsPage,
  server: ServerPage,
  account: AccountPage,
}
