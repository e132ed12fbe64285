import type { AdminKey, AdminNewKey } from '@parley/protocol/admin'
import { useCallback, useRef, useState } from 'react'
import { admin } from '../../api/admin.js'
import { useAction } from '../../api/use-action.js'
import { useKeptFocus } from '../../api/use-kept-focus.js'
import { useLoad } from '../../api/use-load.js'
import { Confirm } from '../../parts/confirm.js'
import { DialogButton } from '../../parts/dialog-button.js'
import { Field } from '../../parts/field.js'
import { Form } from '../../parts/form.js'
import { Outcome } from '../../parts/outcome.js'
import { Time } from '../../parts/time.js'
import { KeySecret } from '../keys/key-secret.js'

/** The keys that reach one app and nothing else: made here, shown once, revoked here. */
export function AppKeys({ appId }: { appId: string }) {
  const keys = useLoad(useCallback(() => keysOf(appId), [appId]))
  const [made, setMade] = useState<AdminNewKey>()
  const [revoked, setRevoked] = useState<AdminKey>()
  const place = useRef<HTMLElement>(null)
  useKeptFocus(place, `${made?.id} ${revoked?.id} ${keys.value?.length}`)
  const { reload } = keys
  const create = useAction(
    useCallback(
      async (name: string) => {
        setMade(await admin.keys.create({ name, scopes: ['chat'], app: appId }))
        reload()
      },
      [appId, reload],
    ),
  )
  return (
    <section className="stack small keeps-focus" aria-labelledby="api-keys" ref={place} tabIndex={-1}>
      <h3 id="api-keys">Keys of this app</h3>
      {made ? (
        <KeySecret made={made} first={`Copy the key “${made.name}” now.`} onCopied={() => setMade(undefined)}>
          Keep it on your server, for example as <code>PARLEY_APP_KEY</code>. Never put it into a page or an app.
        </KeySecret>
      ) : (
        <Form action={create} read={(data) => String(data.get('name'))} label="New key of this app">
          <div className="field-and-button">
            <Field name="name" label="Name of a new key">
              {(control) => (
                <input {...control} maxLength={200} autoComplete="off" placeholder="production-backend" required />
              )}
            </Field>
            <button className="button primary" type="submit">
              Create key
            </button>
          </div>
        </Form>
      )}
      <Outcome {...keys}>
        {(all) =>
          all.length > 0 && (
            <ul className="rows">
              {all.map((key) => (
                <li className="row" key={key.id}>
                  <div className="row-head">
                    <span className="row-title">{key.name}</span>
                    <code className="quiet">{key.masked}</code>
                  </div>
                  <DialogButton verb="Revoke" of={key.name} isDangerous onOpen={() => setRevoked(key)} />
                  <p className="quiet">
                    {key.last_used_at === null ? (
                      'Never used'
                    ) : (
                      <>
                        Last used <Time value={key.last_used_at} />
                      </>
                    )}
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Outcome>
      {revoked && (
        <Confirm
          title={`Revoke ${revoked.name}?`}
          verb="Revoke"
          act={async () => {
            await admin.keys.revoke(revoked.id)
            if (made?.id === revoked.id) setMade(undefined)
            reload()
          }}
          onClose={() => setRevoked(undefined)}
        >
          Servers that still use it are refused from now on. This cannot be taken back.
        </Confirm>
      )}
    </section>
  )
}

/** All of them, whichever page of the list they stand on. */
async function keysOf(appId: string): Promise<AdminKey[]> {
  const found: AdminKey[] = []
  let after: string | undefined
  do {
    const page = await admin.keys.list({ limit: 100, after })
    found.push(...page.data.filter(({ app }) => app === appId))
    after = page.has_more ? page.after : undefined
  } while (after !== undefined)
  return found
}
