import type { AdminApp } from '@parley/protocol/admin'
import { useCallback, useState } from 'react'
import { admin } from '../../api/admin.js'
import { useAction } from '../../api/use-action.js'
import { Field } from '../../parts/field.js'
import { Form } from '../../parts/form.js'
import { TextField } from '../../parts/text-field.js'
import { type AppDraft, toChange, toNewApp } from './app-draft.js'
import { AppMoreFields } from './app-more-fields.js'
import { AppInputs } from './inputs/app-inputs.js'
import { LeaveWarning } from './leave-warning.js'
import { ModelFields } from './model-fields.js'
import { PresentationFields } from './presentation/presentation-fields.js'
import { AppTools } from './tools/app-tools.js'

interface AppFormProps {
  /** What the form begins with. */
  initial: AppDraft
  /** Absent: it is new. */
  appId?: string
  onSave(app: AdminApp): void
}

/** What an agent is made of. */
export function AppForm({ initial, appId, onSave }: AppFormProps) {
  const [draft, setDraft] = useState(initial)
  const [saved, setSaved] = useState(initial)
  const isChanged = JSON.stringify(draft) !== JSON.stringify(saved)
  const set = (change: Partial<AppDraft>) => setDraft((before) => ({ ...before, ...change }))

  const action = useAction(
    useCallback(
      async (given: AppDraft) => {
        const app = await (appId === undefined
          ? admin.apps.create(toNewApp(given))
          : admin.apps.update(appId, toChange(given)))
        setSaved(given)
        onSave(app)
      },
      [appId, onSave],
    ),
  )
  return (
    <>
      {isChanged && <LeaveWarning />}
      <Form action={action} read={() => draft} label="App">
        <TextField
          name="name"
          label="Name"
          value={draft.name}
          maxLength={200}
          required
          onChange={(name) => set({ name })}
        />
        <TextField
          name="description"
          label="Description"
          hint="For you and your colleagues; the agent does not read it."
          value={draft.description}
          maxLength={4000}
          onChange={(description) => set({ description })}
        />
        <Field
          name="agent.instructions"
          label="Instructions"
          hint="Who the agent is, what it does, and how it answers."
        >
          {(control) => (
            <textarea
              {...control}
              className="tall"
              value={draft.instructions}
              onChange={({ target }) => set({ instructions: target.value })}
            />
          )}
        </Field>
        <ModelFields draft={draft} onChange={set} />
        <AppTools tools={draft.tools} onChange={(tools) => set({ tools })} />
        <AppInputs inputs={draft.inputs} onChange={(inputs) => set({ inputs })} />
        <PresentationFields value={draft.presentation} onChange={(presentation) => set({ presentation })} />
        <AppMoreFields draft={draft} isNew={appId === undefined} onChange={set} />
        <div className="save-bar">
          <button className="button primary" type="submit">
            {appId === undefined ? 'Create app' : 'Save changes'}
          </button>
          <span className="quiet" role="status">
            {appId !== undefined &&
              (isChanged ? 'Not saved yet' : saved !== initial && 'Saved. It answers the next message.')}
          </span>
        </div>
      </Form>
    </>
  )
}
