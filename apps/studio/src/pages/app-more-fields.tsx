import { Field } from '../parts/field.js'
import type { AppDraft } from './app-draft.js'

interface AppMoreFieldsProps {
  draft: AppDraft
  /** Only a new app can be given an id. */
  isNew: boolean
  onChange(change: Partial<AppDraft>): void
}

/** What few apps need. */
export function AppMoreFields({ draft, isNew, onChange }: AppMoreFieldsProps) {
  return (
    <details className="more">
      <summary>More settings</summary>
      <div className="stack">
        {isNew && (
          <Field name="id" label="Id" hint="Its name in addresses, for ever. Empty: one is made up.">
            {(control) => (
              <input
                {...control}
                value={draft.id}
                placeholder="support"
                spellCheck={false}
                autoComplete="off"
                onChange={({ target }) => onChange({ id: target.value })}
              />
            )}
          </Field>
        )}
        <Field name="aliases" label="Other names" hint="One per line, such as the wf_… id that your code still uses.">
          {(control) => (
            <textarea
              {...control}
              className="mono"
              value={draft.aliases}
              spellCheck={false}
              onChange={({ target }) => onChange({ aliases: target.value })}
            />
          )}
        </Field>
        <div className="columns">
          <Field name="agent.history_limit" label="Messages it reads" hint="The newest ones, at most.">
            {(control) => (
              <input
                {...control}
                type="number"
                min={1}
                max={10_000}
                value={draft.historyLimit}
                placeholder="All"
                onChange={({ target }) => onChange({ historyLimit: target.value })}
              />
            )}
          </Field>
          <Field name="agent.max_turns" label="Steps per answer" hint="Calls of the model, at most.">
            {(control) => (
              <input
                {...control}
                type="number"
                min={1}
                max={100}
                value={draft.maxTurns}
                placeholder="10"
                onChange={({ target }) => onChange({ maxTurns: target.value })}
              />
            )}
          </Field>
        </div>
        <Field
          name="on_disconnect"
          label="When somebody closes the page"
          hint="Chats of Parley come back to their answer either way."
        >
          {(control) => (
            <select
              {...control}
              value={draft.onDisconnect}
              onChange={({ target }) => onChange({ onDisconnect: target.value === 'continue' ? 'continue' : 'cancel' })}
            >
              <option value="cancel">Stop the answer</option>
              <option value="continue">Finish the answer</option>
            </select>
          )}
        </Field>
      </div>
    </details>
  )
}
