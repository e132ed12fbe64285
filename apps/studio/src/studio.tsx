import type { AdminPerson } from '@parley/protocol/admin'
import { type ComponentType, useCallback } from 'react'
import { CurrentPerson } from './api/current-person.js'
import { replaceRoute, useLinkToken, useRoute } from './api/route.js'
import { useVisitor } from './api/use-person.js'
import { AppPage, NewAppPage } from './pages/apps/app-page.js'
import { AppsPage } from './pages/apps/apps-page.js'
import { Front } from './pages/entry/front.js'
import { SetUpPage } from './pages/entry/set-up-page.js'
import { SignInPage } from './pages/entry/sign-in-page.js'
import { KeysPage } from './pages/keys/keys-page.js'
import { KnowledgeBasePage } from './pages/knowledge/knowledge-base-page.js'
import { KnowledgePage } from './pages/knowledge/knowledge-page.js'
import { ModelsPage } from './pages/models/models-page.js'
import { AccountPage } from './pages/people/account-page.js'
import { SessionsPage } from './pages/people/sessions-page.js'
import { UsersPage } from './pages/people/users-page.js'
import { ServerPage } from './pages/server-page.js'
import { Shell } from './pages/shell.js'
import { McpPage } from './pages/tools/mcp-page.js'
import { SecretsPage } from './pages/tools/secrets-page.js'
import { TracePage } from './pages/traces/trace-page.js'
import { TracesPage } from './pages/traces/traces-page.js'
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
  const { page: asked, id } = useRoute()
  const page = Object.hasOwn(PAGES, asked) ? asked : 'apps'
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
  if (page === 'mcp') return <McpPage back={id} />
  if (page === 'traces' && id !== undefined) return <TracePage key={id} id={id} />
  const Found = PAGES[page] ?? AppsPage
  return <Found />
}

const PAGES: Record<string, ComponentType | undefined> = {
  apps: AppsPage,
  knowledge: KnowledgePage,
  models: ModelsPage,
  mcp: McpPage,
  secrets: SecretsPage,
  traces: TracesPage,
  keys: KeysPage,
  users: UsersPage,
  sessions: SessionsPage,
  server: ServerPage,
  account: AccountPage,
}
