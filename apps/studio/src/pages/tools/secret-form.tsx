import type { AdminSecret } from '@parley/protocol/admin'
import { useCallback } from 'react'
import { admin } from '../../api/admin.js'
import { useAction } from '../../api/use-action.js'
import { Field } from '../../parts/field.js'
import { Form } from '../../parts/form.js'

interface SecretFormProps {
  /** The one to change; absent: a new one. */
  secret?: AdminSecret
  onDone(): void
}

/** A key of some service, and the one host it may be sent to. */
export function SecretForm({ secret, onDone }: SecretFormProps) {
  const action = useAction(
    useCallback(
      async (data: FormData) => {
        const given = { host: textOf(data, 'host').trim(), value: textOf(data, 'value') }
        if (secret) await admin.secrets.update(secret.id, given)
        else await admin.secrets.create({ name: textOf(data, 'name').trim(), ...given })
        onDone()
      },
      [secret, onDone],
    ),
  )
  return (
    <Form action={action} read={(data) => data} label={secret ? `Change ${secret.id}` : 'New secret'}>
      {!secret && (
        <Field name="name" label="Name" hint="Headers call it by this: {{ORDERS_KEY}}.">
          {(control) => (
            <input
              {...control}
              maxLength={100}
              placeholder="ORDERS_KEY"
              spellCheck={false}
              autoComplete="off"
              required
            />
          )}
        </Field>
      )}
      <Field name="host" label="Host" hint="Where it may be sent, and nowhere else.">
        {(control) => (
          <input
            {...control}
            defaultValue={secret?.host}
            maxLength={260}
            placeholder="api.example.com"
            spellCheck={false}
            autoComplete="off"
            required
          />
        )}
      </Field>
      <Field
        name="value"
        label={secret ? 'New secret' : 'Secret'}
        hint={secret ? 'The old one is not used any more.' : 'It is stored encrypted and never shown again.'}
      >
        {(control) => <input {...control} type="password" maxLength={4000} autoComplete="new-password" required />}
      </Field>
      <div className="buttons">
        <button className="button primary" type="submit">
          {secret ? 'Change secret' : 'Add secret'}
        </button>
      </div>
    </Form>
  )
}

const textOf = (data: FormData, name: string) => String(data.get(name))
