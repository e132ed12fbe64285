import type { AdminLink } from '@parley/protocol/admin'
import { useCallback } from 'react'
import { admin } from '../../api/admin.js'
import { useAction } from '../../api/use-action.js'
import { useLoad } from '../../api/use-load.js'
import { Field } from '../../parts/field.js'
import { Form } from '../../parts/form.js'
import { Notice } from '../../parts/notice.js'
import { Outcome } from '../../parts/outcome.js'
import { PasswordField } from '../../parts/password-field.js'
import { Front } from './front.js'

interface SetUpPageProps {
  token: string
  onSignIn(): void
  /** They would rather sign in. */
  onLeave(): void
}

/** What a link is for. */
const PURPOSE: Record<AdminLink['purpose'], { title: string; about: string }> = {
  first: {
    title: 'Set up your account',
    about: 'You are the first here: this account owns the server, and can invite others.',
  },
  owner: {
    title: 'Set up your account',
    about: 'Choose what to sign in with. An address that has an account here gets the new password.',
  },
  invite: { title: 'Join this server', about: 'You were invited. Choose what to sign in with.' },
}

/** Opened with a one-time link: choose a name, an address and a password, and be signed in. */
export function SetUpPage({ token, onSignIn, onLeave }: SetUpPageProps) {
  const link = useLoad(useCallback(() => admin.login.checkLink(token), [token]))
  const action = useAction(
    useCallback(
      async (account: { name: string; email: string; password: string }) => {
        await admin.login.createAccount({ token, ...account })
        onSignIn()
      },
      [token, onSignIn],
    ),
  )
  const { title, about } = PURPOSE[link.value?.purpose ?? 'first']
  return (
    <Front title={title}>
      <Outcome {...link}>
        {() => (
          <>
            <p className="quiet">{about}</p>
            <Form
              action={action}
              read={(data) => ({
                name: String(data.get('name')),
                email: String(data.get('email')),
                password: String(data.get('password')),
              })}
            >
              <Field name="name" label="Your name">
                {(control) => <input {...control} autoComplete="name" maxLength={100} required />}
              </Field>
              <Field name="email" label="Email" hint="You sign in with it. No mail is sent.">
                {(control) => <input {...control} type="email" autoComplete="username" required />}
              </Field>
              <PasswordField
                name="password"
                label="Password"
                hint="10 characters or more."
                autoComplete="new-password"
                minLength={10}
              />
              <button className="button primary" type="submit">
                Create account
              </button>
            </Form>
          </>
        )}
      </Outcome>
      {link.failure && <Notice tone="info">Links work once, and for a limited time.</Notice>}
      <p className="hint">
        <button className="link" type="button" onClick={onLeave}>
          Sign in with an account you have
        </button>
      </p>
    </Front>
  )
}
