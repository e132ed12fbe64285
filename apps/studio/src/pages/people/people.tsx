import type { AdminInvite, AdminPerson } from '@parley/protocol/admin'
import { use, useCallback, useState } from 'react'
import { admin } from '../../api/admin.js'
import { CurrentPerson } from '../../api/current-person.js'
import { useAction } from '../../api/use-action.js'
import { useLoad } from '../../api/use-load.js'
import { CodeBlock } from '../../parts/code-block.js'
import { Confirm } from '../../parts/confirm.js'
import { Dialog } from '../../parts/dialog.js'
import { DialogButton } from '../../parts/dialog-button.js'
import { Field } from '../../parts/field.js'
import { Form } from '../../parts/form.js'
import { Icon } from '../../parts/icon.js'
import { Notice } from '../../parts/notice.js'
import { Outcome } from '../../parts/outcome.js'

const ROLES: Record<AdminPerson['role'], string> = { owner: 'Owner', admin: 'Admin' }

/** Who may sign in; owners decide. */
export function People() {
  const me = use(CurrentPerson)
  const people = useLoad(useCallback(() => admin.people.list(), []))
  const [isInviting, setIsInviting] = useState(false)
  const [removing, setRemoving] = useState<AdminPerson>()
  const isOwner = me?.role === 'owner'
  return (
    <section className="stack" aria-labelledby="people-title">
      <div className="page-head">
        <h2 id="people-title">People who sign in</h2>
        {isOwner && (
          <button className="button" type="button" aria-haspopup="dialog" onClick={() => setIsInviting(true)}>
            <Icon name="plus" />
            Invite
          </button>
        )}
      </div>
      <Outcome {...people}>
        {(rows) => (
          <ul className="rows">
            {rows.map((person) => (
              <li className="row" key={person.id}>
                <div className="row-head">
                  <span className="row-title">{person.name}</span>
                  <span className="tag">{ROLES[person.role]}</span>
                  {person.id === me?.id && <span className="tag">You</span>}
                </div>
                {isOwner && person.id !== me.id && (
                  <DialogButton verb="Remove" of={person.name} isDangerous onOpen={() => setRemoving(person)} />
                )}
                <p className="row-text">{person.email}</p>
              </li>
            ))}
          </ul>
        )}
      </Outcome>
      {isInviting && (
        <Dialog title="Invite somebody" onClose={() => setIsInviting(false)}>
          <InviteForm />
        </Dialog>
      )}
      {removing && (
        <Confirm
          title={`Remove ${removing.name}?`}
          verb="Remove"
          act={async () => {
            await admin.people.remove(removing.id)
            people.reload()
          }}
          onClose={() => setRemoving(undefined)}
        >
          They are signed out and cannot sign in again. What they set up stays.
        </Confirm>
      )}
    </section>
  )
}

/** Makes a link, and shows it. */
function InviteForm() {
  const [invite, setInvite] = useState<AdminInvite>()
  const action = useAction(
    useCallback(async (role: AdminPerson['role']) => setInvite(await admin.people.invite(role)), []),
  )
  if (invite) {
    const { href } = new URL(`#link=${invite.token}`, location.href)
    return (
      <div className="stack secret">
        <Notice tone="warning">Send this link to one person. It works once, for a week, and is not shown again.</Notice>
        <CodeBlock name="Link" code={href} />
      </div>
    )
  }
  return (
    <Form action={action} read={(data) => (data.get('role') === 'owner' ? 'owner' : 'admin')}>
      <Field name="role" label="They will be" hint="An owner also decides who may sign in.">
        {(control) => (
          <select {...control}>
            <option value="admin">Admin</option>
            <option value="owner">Owner</option>
          </select>
        )}
      </Field>
      <div className="buttons">
        <button className="button primary" type="submit">
          Make a link
        </button>
      </div>
    </Form>
  )
}
