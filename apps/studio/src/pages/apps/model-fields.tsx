import { useCallback, useId } from 'react'
import { admin } from '../../api/admin.js'
import { toHash } from '../../api/route.js'
import { useLoad } from '../../api/use-load.js'
import { Field } from '../../parts/field.js'
import type { AppDraft } from './app-draft.js'

interface ModelFieldsProps {
  draft: AppDraft
  onChange(change: Partial<AppDraft>): void
}

/** Which model answers, and how freely. */
export function ModelFields({ draft: { provider, model, temperature }, onChange }: ModelFieldsProps) {
  const hosts = useLoad(useCallback(() => admin.providers.list({ limit: 100, order: 'asc' }), []))
  const known = hosts.value?.data ?? []
  const isGone = hosts.value !== undefined && provider !== '' && known.every(({ id }) => id !== provider)
  const choices = isGone ? [...known, { id: provider, name: `${provider} (deleted)`, prices: {} }] : known
  const priced = Object.keys(known.find(({ id }) => id === provider)?.prices ?? {})
  const names = useId()
  return (
    <div className="columns">
      {choices.length > 0 && (
        <Field
          name="agent.provider"
          label="Model host"
          hint={
            <>
              They stand under <a href={toHash('models')}>Models</a>.
            </>
          }
        >
          {(control) => (
            <select {...control} value={provider} onChange={({ target }) => onChange({ provider: target.value })}>
              <option value="">The server’s</option>
              {choices.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Field name="agent.model" label="Model" hint="A name the model host knows.">
        {(control) => (
          <input
            {...control}
            value={model}
            list={names}
            placeholder={provider === '' ? 'The server’s model' : 'The first it lists'}
            spellCheck={false}
            autoComplete="off"
            onChange={({ target }) => onChange({ model: target.value })}
          />
        )}
      </Field>
      <datalist id={names}>
        {priced.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Field name="agent.temperature" label="Temperature" hint="0: always alike, 2: full of surprises.">
        {(control) => (
          <input
            {...control}
            type="number"
            min={0}
            max={2}
            step={0.1}
            value={temperature}
            placeholder="The model’s own"
            onChange={({ target }) => onChange({ temperature: target.value })}
          />
        )}
      </Field>
    </div>
  )
}
