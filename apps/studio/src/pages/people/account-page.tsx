import type { ChangePasswordBody } from '@parley/protocol/admin'
import { use, useCallback, useState } from 'react'
import { admin } from '../../api/admin.js'
import { CurrentPerson } from '../../api/current-person.js'
import { useAction } from '../../api/use-action.js'
import { Form } from '../../parts/form.js'
import { Page } from '../../parts/page.js'
import { PasswordField } from '../../parts/password-field.js'
import { People } from './people.js'

/** The password of whoever is signed in, and who else may sign in. */
export function AccountPage() {
  const person = use(CurrentPerson)
  return (
    <Page title="Account" about={person && `${person.name} · ${person.email}`}>
      {person && <PasswordSection email={person.email} />}
      <People />
    </Page>
  )
}

function PasswordSection({ email }: { email: string }) {
  /** A form that was sent is a new one. */
  const [changes, setChanges] = useState(0)
  const action = useAction(
    useCallback(async (passwords: ChangePasswordBody) => {
      await admin.login.changePassword(passwords)
      setChanges((count) => count + 1)
    }, []),
  )
  return (
    <section className="stack narrow" aria-labelledby="password-title">
      <h2 id="password-title">Change password</h2>
      <Form
        key={changes}
        action={action}
        read={(data) => ({
          current_password: String(data.get('current_password')),
          new_password: String(data.get('new_password')),
        })}
      >
        <input type="hidden" name="username" autoComplete="username" value={email} />
        <PasswordField name="current_password" label="Current password" autoComplete="current-password" />
        <PasswordField
          name="new_password"
          label="New password"
          hint="10 characters or more. You are signed out everywhere else."
          autoComplete="new-password"
          minLength={10}
        />
        <div className="buttons start">
          <button className="button" type="submit">
            Change password
          </button>
        </div>
      </Form>
      <p className="quiet" role="status">
        {changes > 0 && 'Your password is changed.'}
      </p>
    </section>
  )
}
