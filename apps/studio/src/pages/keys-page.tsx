import type { AdminKey, AdminNewKey } from '@parley/protocol/admin'
import { useCallback, useState } from 'react'
import { admin } from '../api/admin.js'
import { useList } from '../api/use-list.js'
import { Confirm } from '../parts/confirm.js'
import { Dialog } from '../parts/dialog.js'
import { Empty } from '../parts/empty.js'
import { Facts } from '../parts/facts.js'
import { Icon } from '../parts/icon.js'
import { More } from '../parts/more.js'
import { Outcome } from '../parts/outcome.js'
import { Page } from '../parts/page.js'
import { Time } from '../parts/time.js'
import { KeySecret } from './key-secret.js'
import { NewKeyForm, SCOPES } from './new-key-form.js'
import { RotateKeyForm } from './rotate-key-form.js'

/** What is open over the list. */
type Opened =
  | { kind: 'new' }
  | { kind: 'secret'; made: AdminNewKey }
  | { kind: 'rotate'; key: AdminKey }
  | { kind: 'revoke'; key: AdminKey }

/** The API keys of the workspace. */
export function KeysPage() {
  const list = useList(useCallback((after?: string) => admin.keys.list({ limit: 50, after }), []))
  const [opened, setOpened] = useState<Opened>()
  const close = () => setOpened(undefined)
  const show = (made: AdminNewKey) => {
    setOpened({ kind: 'secret', made })
    list.reload()
  }
  return (
    <Page
      title="Keys"
      about="Your servers call with a key. Keys never go into a browser."
      action={
        <button
          className="button primary"
          type="button"
          aria-haspopup="dialog"
          onClick={() => setOpened({ kind: 'new' })}
        >
          <Icon name="plus" />
          New key
        </button>
      }
    >
      <Outcome value={list.rows} failure={list.failure} reload={list.reload}>
        {(keys) =>
          keys.length === 0 ? (
            <Empty>No keys yet. Create one for each server that opens chats for its users.</Empty>
          ) : (
            <ul className="rows">
              {keys.map((key) => (
                <KeyRow key={key.id} value={key} onOpen={(kind) => setOpened({ kind, key })} />
              ))}
            </ul>
          )
        }
      </Outcome>
      <More list={list} />
      {opened?.kind === 'new' && (
        <Dialog title="New key" onClose={close}>
          <NewKeyForm onCreate={show} />
        </Dialog>
      )}
      {opened?.kind === 'rotate' && (
        <Dialog title={`Rotate ${opened.key.name}`} onClose={close}>
          <RotateKeyForm keyId={opened.key.id} onRotate={show} />
        </Dialog>
      )}
      {opened?.kind === 'secret' && (
        <Dialog title={opened.made.name} onClose={close}>
          <KeySecret made={opened.made} />
        </Dialog>
      )}
      {opened?.kind === 'revoke' && (
        <Confirm
          title={`Revoke ${opened.key.name}?`}
          verb="Revoke"
          act={async () => {
            await admin.keys.revoke(opened.key.id)
            list.reload()
          }}
          onClose={close}
        >
          Servers that still use it are refused from now on. This cannot be taken back.
        </Confirm>
      )}
    </Page>
  )
}

function KeyRow({ value, onOpen }: { value: AdminKey; onOpen(kind: 'rotate' | 'revoke'): void }) {
  const { name, masked, scopes, app, created_at, expires_at, last_used_at, previous } = value
  return (
    <li className="row">
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
      <div className="buttons">
        <button
          className="button"
          type="button"
          aria-haspopup="dialog"
          aria-label={`Rotate ${name}`}
          onClick={() => onOpen('rotate')}
        >
          Rotate
        </button>
        <button
          className="button danger"
          type="button"
          aria-haspopup="dialog"
          aria-label={`Revoke ${name}`}
          onClick={() => onOpen('revoke')}
        >
          Revoke
        </button>
      </div>
      <Facts
        of={{
          Created: <Time value={created_at} />,
          'Last used': last_used_at === null ? 'Never' : <Time value={last_used_at} />,
          Expires: expires_at === null ? 'Never' : <Time value={expires_at} />,
          ...(previous && { 'Old secret ends': <Time value={previous.expires_at} /> }),
        }}
      />
    </li>
  )
}
