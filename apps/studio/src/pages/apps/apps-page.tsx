import type { AdminApp } from '@parley/protocol/admin'
import { useCallback } from 'react'
import { admin } from '../../api/admin.js'
import { toHash } from '../../api/route.js'
import { useList } from '../../api/use-list.js'
import { Icon } from '../../parts/icon.js'
import { Listing } from '../../parts/listing.js'
import { OpenRow } from '../../parts/open-row.js'
import { Page } from '../../parts/page.js'

/** The agents of the workspace, and the apps that come with the server. */
export function AppsPage() {
  const list = useList(useCallback((after?: string) => admin.apps.list({ limit: 50, order: 'asc', after }), []))
  return (
    <Page
      title="Apps"
      about="Each app is an agent that people chat with."
      action={
        <a className="button primary" href={toHash('apps', 'new')}>
          <Icon name="plus" />
          New app
        </a>
      }
    >
      <Listing list={list} empty="No apps yet. Make one, and try it at once.">
        {(app) => <AppRow key={app.id} app={app} />}
      </Listing>
    </Page>
  )
}

function AppRow({ app }: { app: AdminApp }) {
  const { id, name, description, kind, is_default: isDefault, problems } = app
  return (
    <OpenRow
      title={name}
      href={toHash('apps', id)}
      tags={
        <>
          {isDefault && <span className="tag">Default</span>}
          {kind === 'code' && <span className="tag">Built in</span>}
          {problems.length > 0 && <span className="tag warning">Needs attention</span>}
        </>
      }
    >
      <p className="row-text">{description ?? aboutAgent(app)}</p>
    </OpenRow>
  )
}

/** What can be said of an agent nobody has described. */
function aboutAgent({ kind, agent, code }: AdminApp): string {
  if (kind === 'code' || !agent) return code?.file ? `Written in ${code.file}.` : 'Comes with the server.'
  return agent.instructions.trim() || 'No instructions yet.'
}
