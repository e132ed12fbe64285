import { Field } from '../../parts/field.js'
import { StreamLanguageField } from '../keys/stream-language-field.js'
import type { AppDraft } from './app-draft.js'
import { MODES } from './modes.js'

/** What an agent can be made to do. */
const CHOSEN = ['chat', 'agent-chat', 'completion'] as const

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
        <Field
          name="agent.mode"
          label="What it does"
          hint="A writer needs no conversation: it answers what its form holds."
        >
          {(control) => (
            <select
              {...control}
              value={draft.mode}
              onChange={({ target }) => onChange({ mode: target.value as AppDraft['mode'] })} // an option's own value
            >
              <option value="">Chats; with tools it shows its steps</option>
              {CHOSEN.map((mode) => (
                <option key={mode} value={mode}>
                  {MODES[mode]}
                </option>
              ))}
            </select>
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
          <Field
            name="agent.memory.max_tokens"
            label="Tokens it is told"
            hint="Of the conversation, the newest. Empty: what its model can read."
          >
            {(control) => (
              <input
                {...control}
                type="number"
                min={500}
                max={10_000_000}
                step={1}
                value={draft.memoryTokens}
                placeholder="By its model"
                onChange={({ target }) => onChange({ memoryTokens: target.value })}
              />
            )}
          </Field>
          <Field name="agent.memory.summarize" label="What no longer fits">
            {(control) => (
              <select
                {...control}
                value={draft.takesNotes ? 'notes' : 'nothing'}
                onChange={({ target }) => onChange({ takesNotes: target.value === 'notes' })}
              >
                <option value="notes">Its model takes notes of it</option>
                <option value="nothing">Is left out</option>
              </select>
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
        <StreamLanguageField
          value={draft.streamLanguage}
          unsaid="As the request shows"
          onChange={(streamLanguage) => onChange({ streamLanguage })}
        />
      </div>
    </details>
  )
}
