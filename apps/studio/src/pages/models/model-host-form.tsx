import type { AdminProvider } from '@parley/protocol/admin'
import { useCallback, useState } from 'react'
import { admin } from '../../api/admin.js'
import { useAction } from '../../api/use-action.js'
import { Field } from '../../parts/field.js'
import { Form } from '../../parts/form.js'
import { TextField } from '../../parts/text-field.js'
import { type ModelHostDraft, toDraft, toHostChange, toNewHost } from './model-host-draft.js'
import { PriceFields } from './price-fields.js'

interface ModelHostFormProps {
  /** The one to change; absent: a new one. */
  host?: AdminProvider
  onDone(): void
}

/** Where models are, the key they ask for, and what they cost. */
export function ModelHostForm({ host, onDone }: ModelHostFormProps) {
  const [draft, setDraft] = useState(() => toDraft(host))
  const set = (change: Partial<ModelHostDraft>) => setDraft((before) => ({ ...before, ...change }))
  const action = useAction(
    useCallback(
      async (given: ModelHostDraft) => {
        if (host) await admin.providers.update(host.id, toHostChange(given, host))
        else await admin.providers.create(toNewHost(given))
        onDone()
      },
      [host, onDone],
    ),
  )
  const kept = host?.masked ?? null
  return (
    <Form action={action} read={() => draft} label={host ? `Change ${host.name}` : 'New model host'}>
      <TextField
        name="name"
        label="Name"
        hint="Apps choose it by this."
        value={draft.name}
        maxLength={200}
        required
        onChange={(name) => set({ name })}
      />
      <TextField
        name="base_url"
        label="Address"
        hint="It speaks OpenAI’s chat completions; end with the version."
        type="url"
        value={draft.baseUrl}
        placeholder="https://models.example.com/v1"
        spellCheck={false}
        required
        onChange={(baseUrl) => set({ baseUrl })}
      />
      <Field
        name="api_key"
        label="Key"
        hint={
          kept === null
            ? 'Empty: it asks for none. It is stored encrypted and never shown again.'
            : `Empty: the key ${kept} stays. Another address needs its key again.`
        }
      >
        {(control) => (
          <input
            {...control}
            type="password"
            value={draft.apiKey}
            maxLength={4000}
            autoComplete="new-password"
            onChange={({ target }) => set({ apiKey: target.value })}
          />
        )}
      </Field>
      {kept !== null && (
        <label className="choice">
          <input
            type="checkbox"
            checked={draft.isKeyRemoved}
            onChange={({ target }) => set({ isKeyRemoved: target.checked })}
          />
          <span>It asks for no key any more</span>
        </label>
      )}
      <PriceFields prices={draft.prices} onChange={(prices) => set({ prices })} />
      <div className="buttons">
        <button className="button primary" type="submit">
          {host ? 'Save' : 'Add model host'}
        </button>
      </div>
    </Form>
  )
}
