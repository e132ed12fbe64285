import type { AdminPerson } from '@parley/protocol/admin'
import { useCallback } from 'react'
import { replaceRoute, useLinkToken, useRoute } from './api/route.js'
import { useVisitor } from './api/use-person.js'
import { AppsPage } from './pages/apps-page.js'
import { Front } from './pages/front.js'
import { SetUpPage } from './pages/set-up-page.js'
import { Shell } from './pages/shell.js'
import { SignInPage } from './pages/sign-in-page.js'
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
  const { page } = useRoute()
  return (
    <Shell person={person} page={page} onSignOut={onSignOut}>
      <AppsPage />
    </Shell>
  )
}
