import type { AdminKey } from '@parley/protocol/admin'
import { useCallback } from 'react'
import { admin } from '../../api/admin.js'
import { useList } from '../../api/use-list.js'
import { Collection } from '../../parts/collection.js'
import { Facts } from '../../parts/facts.js'
import { Time } from '../../parts/time.js'
import { ChangeKeyForm } from './change-key-form.js'
import { NewKeyForm, SCOPES } from './new-key-form.js'
import { RotateKeyForm } from './rotate-key-form.js'
import { STREAM_LANGUAGES } from './stream-language-field.js'

/** The API keys of the workspace. */
export function KeysPage() {
  const list = useList(useCallback((after?: string) => admin.keys.list({ limit: 50, after }), []))
  return (
    <Collection
      title="Keys"
      about="Your servers call with a key. Keys never go into a browser."
      list={list}
      empty="No keys yet. Create one for each server that opens chats for its users."
      nameOf={({ name }: AdminKey) => name}
      create={{ verb: 'New key', form: ({ reload }) => <NewKeyForm onCreate={reload} /> }}
      change={[
        { verb: 'Change', form: (key, { done }) => <ChangeKeyForm of={key} onDone={done} /> },
        { verb: 'Rotate', form: ({ id }, { reload }) => <RotateKeyForm keyId={id} onRotate={reload} /> },
      ]}
      remove={{
        verb: 'Revoke',
        act: ({ id }) => admin.keys.revoke(id),
        about: 'Servers that still use it are refused from now on. This cannot be taken back.',
      }}
    >
      {(
        { id, name, masked, scopes, app, stream_language, created_at, expires_at, last_used_at, previous },
        buttons,
      ) => (
        <li className="row" key={id}>
          <div className="row-head">
            <span className="row-title">{name}</span>
            <code className="quiet">{masked}</code>
            {scopes.map((scope) => (
              <span className="tag" key={scope}>
                {SCOPES[scope].name}
              </span>
            ))}
            {app !== null && <span className="tag">{app} only</span>}
          </div>
          <div className="buttons">{buttons}</div>
          <Facts
            of={{
              Created: <Time value={created_at} />,
              'Last used': last_used_at === null ? 'Never' : <Time value={last_used_at} />,
              Expires: expires_at === null ? 'Never' : <Time value={expires_at} />,
              ...(stream_language && { Streams: `In ${STREAM_LANGUAGES[stream_language]} language` }),
              ...(previous && { 'Old secret ends': <Time value={previous.expires_at} /> }),
            }}
          />
        </li>
      )}
    </Collection>
  )
}
