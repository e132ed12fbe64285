import type { AdminKey, UpdateKeyBody } from '@parley/protocol/admin'
import { useCallback, useState } from 'react'
import { admin } from '../../api/admin.js'
import { useAction } from '../../api/use-action.js'
import { Field } from '../../parts/field.js'
import { Form } from '../../parts/form.js'
import { UNSAID } from './new-key-form.js'
import { type StreamLanguageDraft, StreamLanguageField } from './stream-language-field.js'

/** What can change about a key while servers go on using it. */
export function ChangeKeyForm({ of: { id, name, stream_language }, onDone }: { of: AdminKey; onDone(): void }) {
  const [language, setLanguage] = useState<StreamLanguageDraft>(stream_language ?? '')
  const action = useAction(
    useCallback(
      async (change: UpdateKeyBody) => {
        await admin.keys.update(id, change)
        onDone()
      },
      [id, onDone],
    ),
  )
  const read = (data: FormData) => ({ name: String(data.get('name')), stream_language: language || null })
  return (
    <Form action={action} read={read} label={`Change ${name}`}>
      <Field name="name" label="Name">
        {(control) => <input {...control} defaultValue={name} maxLength={200} autoComplete="off" required />}
      </Field>
      <StreamLanguageField value={language} unsaid={UNSAID} onChange={setLanguage} />
      <div className="buttons">
        <button className="button primary" type="submit">
          Save
        </button>
      </div>
    </Form>
  )
}
