import type { AdminSecret } from '@parley/protocol/admin'
import { useCallback } from 'react'
import { admin } from '../../api/admin.js'
import { useList } from '../../api/use-list.js'
import { Collection } from '../../parts/collection.js'
import { Facts } from '../../parts/facts.js'
import { Time } from '../../parts/time.js'
import { SecretForm } from './secret-form.js'

/** What tools of the workspace send, and nobody reads. */
export function SecretsPage() {
  const list = useList(useCallback((after?: string) => admin.secrets.list({ limit: 50, after }), []))
  return (
    <Collection
      title="Secrets"
      about="Keys that HTTP requests and MCP servers are sent: {{NAME}} in a header. Each goes to one host, and is never shown again."
      list={list}
      empty="No secrets yet. Add the key of a service that your tools ask."
      nameOf={({ id }: AdminSecret) => id}
      create={{ verb: 'New secret', form: ({ done }) => <SecretForm onDone={done} /> }}
      change={{ verb: 'Change', form: (secret, { done }) => <SecretForm secret={secret} onDone={done} /> }}
      remove={{
        verb: 'Delete',
        act: ({ id }) => admin.secrets.delete(id),
        about: 'Tools that name it stop working until there is one of this name again.',
      }}
    >
      {({ id, host, masked, updated_at }, buttons) => (
        <li className="row" key={id}>
          <div className="row-head">
            <span className="row-title">{id}</span>
            <code className="quiet">{masked}</code>
          </div>
          <div className="buttons">{buttons}</div>
          <Facts of={{ Host: host, Changed: <Time value={updated_at} /> }} />
        </li>
      )}
    </Collection>
  )
}
