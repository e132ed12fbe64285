import type { AdminSession } from '@parley/protocol/admin'
import { useCallback, useState } from 'react'
import { admin } from '../../api/admin.js'
import { useList } from '../../api/use-list.js'
import { Confirm } from '../../parts/confirm.js'
import { DialogButton } from '../../parts/dialog-button.js'
import { Facts } from '../../parts/facts.js'
import { Field } from '../../parts/field.js'
import { Listing } from '../../parts/listing.js'
import { Page } from '../../parts/page.js'
import { Time } from '../../parts/time.js'

const STATUS: Record<AdminSession['status'], { name: string; tone: string }> = {
  active: { name: 'Active', tone: 'good' },
  expired: { name: 'Expired', tone: '' },
  cancelled: { name: 'Cancelled', tone: '' },
}

/** The sessions of users' browsers. */
export function SessionsPage() {
  const [status, setStatus] = useState<AdminSession['status'] | ''>('active')
  const [cancelling, setCancelling] = useState<AdminSession>()
  const list = useList(
    useCallback((after?: string) => admin.sessions.list({ limit: 50, after, ...(status && { status }) }), [status]),
  )
  return (
    <Page title="Sessions" about="Each open chat of a website has one. Those that are over stay for a week.">
      <div className="filter">
        <Field name="status" label="Show">
          {(control) => (
            <select
              {...control}
              value={status}
              onChange={({ target }) => setStatus(target.value as typeof status)} // the options' own values
            >
              <option value="active">Active ones</option>
              <option value="expired">Expired ones</option>
              <option value="cancelled">Cancelled ones</option>
              <option value="">All</option>
            </select>
          )}
        </Field>
      </div>
      <Listing list={list} empty="No sessions. A website creates one when somebody opens its chat.">
        {(session) => <SessionRow key={session.id} session={session} onCancel={() => setCancelling(session)} />}
      </Listing>
      {cancelling && (
        <Confirm
          title={`Cancel the session of ${cancelling.user}?`}
          verb="Cancel session"
          act={async () => {
            await admin.sessions.cancel(cancelling.id)
            list.reload()
          }}
          onClose={() => setCancelling(undefined)}
        >
          What is being written for it stops. The website can open a new one.
        </Confirm>
      )}
    </Page>
  )
}

function SessionRow({ session, onCancel }: { session: AdminSession; onCancel(): void }) {
  const { user, app, app_alias, status, created_at, expires_at } = session
  const { name, tone } = STATUS[status]
  return (
    <li className="row">
      <div className="row-head">
        <span className="row-title">{user}</span>
        <span className={`tag ${tone}`}>{name}</span>
      </div>
      <div className="buttons">
        {status === 'active' && (
          <DialogButton verb="Cancel" of={`the session of ${user}`} isDangerous onOpen={onCancel} />
        )}
      </div>
      <Facts
        of={{
          App: app_alias ?? app ?? 'All',
          Created: <Time value={created_at} />,
          [status === 'active' ? 'Expires' : 'Expired']: <Time value={expires_at} />,
        }}
      />
    </li>
  )
}
