import type { AdminPerson } from '@parley/protocol/admin'
import { useCallback } from 'react'
import { admin } from '../../api/admin.js'
import { useAction } from '../../api/use-action.js'
import { Field } from '../../parts/field.js'
import { Form } from '../../parts/form.js'
import { Notice } from '../../parts/notice.js'
import { PasswordField } from '../../parts/password-field.js'
import { Front } from './front.js'

interface SignInPageProps {
  /** They were signed in a moment ago. */
  hasEnded: boolean
  onSignIn(person: AdminPerson): void
}

export function SignInPage({ hasEnded, onSignIn }: SignInPageProps) {
  const action = useAction(
    useCallback(
      async (credentials: { email: string; password: string }) => onSignIn(await admin.login.signIn(credentials)),
      [onSignIn],
    ),
  )
  return (
    <Front title="Sign in">
      {hasEnded && <Notice tone="info">You have been signed out. Sign in again to go on.</Notice>}
      <Form
        action={action}
        read={(data) => ({ email: String(data.get('email')), password: String(data.get('password')) })}
      >
        <Field name="email" label="Email">
          {(control) => <input {...control} type="email" autoComplete="username" required />}
        </Field>
        <PasswordField name="password" label="Password" autoComplete="current-password" />
        <button className="button primary" type="submit">
          Sign in
        </button>
      </Form>
      <details className="hint">
        <summary>You cannot sign in, or nobody has an account yet?</summary>
        <p>
          Run <code>parley admin link</code> on the server and open the link it prints. It makes an account, or gives
          yours a new password.
        </p>
      </details>
    </Front>
  )
}
