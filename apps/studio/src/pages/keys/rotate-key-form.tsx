import type { AdminNewKey } from '@parley/protocol/admin'
import { useCallback, useState } from 'react'
import { admin } from '../../api/admin.js'
import { useAction } from '../../api/use-action.js'
import { Field } from '../../parts/field.js'
import { Form } from '../../parts/form.js'
import { KeySecret } from './key-secret.js'

const HOUR = 3600
const OVERLAPS = [
  [0, 'At once'],
  [HOUR, 'In an hour'],
  [24 * HOUR, 'In a day'],
  [7 * 24 * HOUR, 'In a week'],
] as const

/** Makes a new secret for a key, with time to bring it to every server, and shows it. */
export function RotateKeyForm({ keyId, onRotate }: { keyId: string; onRotate(): void }) {
  const [made, setMade] = useState<AdminNewKey>()
  const action = useAction(
    useCallback(
      async (overlap_seconds: number) => {
        setMade(await admin.keys.rotate(keyId, { overlap_seconds }))
        onRotate()
      },
      [keyId, onRotate],
    ),
  )
  if (made) return <KeySecret made={made} />
  return (
    <Form action={action} read={(data) => Number(data.get('overlap_seconds'))} label="Rotate key">
      <Field
        name="overlap_seconds"
        label="The old secret stops working"
        hint="Until then both work. Bring the new one to your servers meanwhile."
      >
        {(control) => (
          <select {...control} defaultValue={HOUR}>
            {OVERLAPS.map(([seconds, words]) => (
              <option key={seconds} value={seconds}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="buttons">
        <button className="button primary" type="submit">
          Make a new secret
        </button>
      </div>
    </Form>
  )
}
