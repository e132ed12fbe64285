import type { AdminKey, AdminNewKey, CreateKeyBody } from '@parley/protocol/admin'
import { useCallback, useState } from 'react'
import { admin } from '../../api/admin.js'
import { useAction } from '../../api/use-action.js'
import { useLoad } from '../../api/use-load.js'
import { Choices } from '../../parts/choices.js'
import { Field } from '../../parts/field.js'
import { Form } from '../../parts/form.js'
import { KeySecret } from './key-secret.js'
import { type StreamLanguageDraft, StreamLanguageField } from './stream-language-field.js'

type Scope = AdminKey['scopes'][number]

/** What a key may do, in words. */
export const SCOPES: Record<Scope, { name: string; about: string }> = {
  chat: { name: 'Chat', about: 'Opens chats for users. All a website needs.' },
  threads: { name: 'Conversations', about: 'Reads and deletes conversations of all users.' },
  knowledge: { name: 'Knowledge', about: 'Reads and changes all knowledge bases.' },
  admin: { name: 'Admin', about: 'Changes everything the studio shows.' },
}

const DAY_MS = 24 * 3600 * 1000
const LIVES = { '': 'Never', '30': 'In 30 days', '90': 'In 90 days', '365': 'In a year' }

/** The language of streams for a key that says none. */
export const UNSAID = 'As the app says'

/** Makes a key, and shows its secret. */
export function NewKeyForm({ onCreate }: { onCreate(): void }) {
  const [made, setMade] = useState<AdminNewKey>()
  const [language, setLanguage] = useState<StreamLanguageDraft>('')
  const apps = useLoad(useCallback(() => admin.apps.list({ limit: 100, order: 'asc' }), []))
  const action = useAction(
    useCallback(
      async (key: CreateKeyBody) => {
        setMade(await admin.keys.create(key))
        onCreate()
      },
      [onCreate],
    ),
  )
  if (made) return <KeySecret made={made} />
  return (
    <Form action={action} read={(data) => ({ ...toBody(data), stream_language: language || null })} label="New key">
      <Field name="name" label="Name" hint="Where it is used, such as Website.">
        {(control) => <input {...control} maxLength={200} autoComplete="off" required />}
      </Field>
      <Choices name="scopes" legend="It may">
        {Object.entries(SCOPES).map(([scope, { name, about }]) => (
          <label className="choice" key={scope}>
            <input type="checkbox" name="scopes" value={scope} defaultChecked={scope === 'chat'} />
            <span>
              {name}
              <span className="hint">{about}</span>
            </span>
          </label>
        ))}
      </Choices>
      <Field name="app" label="App" hint="A key with Admin or Knowledge reaches all of them.">
        {(control) => (
          <select {...control}>
            <option value="">All apps</option>
            {apps.value?.data.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name="expires_at" label="Expires">
        {(control) => (
          <select {...control}>
            {Object.entries(LIVES)
              .sort(([one], [other]) => Number(one) - Number(other))
              .map(([days, words]) => (
                <option key={days} value={days}>
                  {words}
                </option>
              ))}
          </select>
        )}
      </Field>
      <details className="more">
        <summary>More settings</summary>
        <div className="stack">
          <StreamLanguageField value={language} unsaid={UNSAID} onChange={setLanguage} />
        </div>
      </details>
      <div className="buttons">
        <button className="button primary" type="submit">
          Create key
        </button>
      </div>
    </Form>
  )
}

function toBody(data: FormData): CreateKeyBody {
  const days = Number(data.get('expires_at'))
  return {
    name: String(data.get('name')),
    scopes: data.getAll('scopes') as Scope[], // the checkboxes' own values
    app: String(data.get('app')) || null,
    expires_at: days > 0 ? new Date(Date.now() + days * DAY_MS).toISOString() : null,
  }
}
