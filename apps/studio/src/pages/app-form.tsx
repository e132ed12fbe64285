import type { AdminApp } from '@parley/protocol/admin'
import { useCallback, useEffect, useState } from 'react'
import { admin } from '../api/admin.js'
import { useAction } from '../api/use-action.js'
import { Field } from '../parts/field.js'
import { Form } from '../parts/form.js'
import { type AppDraft, toChange, toNewApp } from './app-draft.js'
import { AppMoreFields } from './app-more-fields.js'
import { AppTools } from './app-tools.js'

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
  useLeaveWarning(isChanged)

  return (
    <Form action={action} read={() => draft} label="App">
      <Field name="name" label="Name">
        {(control) => (
          <input
            {...control}
            value={draft.name}
            maxLength={200}
            autoComplete="off"
            required
            onChange={({ target }) => set({ name: target.value })}
          />
        )}
      </Field>
      <Field name="description" label="Description" hint="For you and your colleagues; the agent does not read it.">
        {(control) => (
          <input
            {...control}
            value={draft.description}
            maxLength={4000}
            autoComplete="off"
            onChange={({ target }) => set({ description: target.value })}
          />
        )}
      </Field>
      <Field name="agent.instructions" label="Instructions" hint="Who the agent is, what it does, and how it answers.">
        {(control) => (
          <textarea
            {...control}
            className="tall"
            value={draft.instructions}
            onChange={({ target }) => set({ instructions: target.value })}
          />
        )}
      </Field>
      <div className="columns">
        <Field name="agent.model" label="Model" hint="A name your model host knows.">
          {(control) => (
            <input
              {...control}
              value={draft.model}
              placeholder="The server’s model"
              spellCheck={false}
              autoComplete="off"
              onChange={({ target }) => set({ model: target.value })}
            />
          )}
        </Field>
        <Field name="agent.temperature" label="Temperature" hint="0: always alike, 2: full of surprises.">
          {(control) => (
            <input
              {...control}
              type="number"
              min={0}
              max={2}
              step={0.1}
              value={draft.temperature}
              placeholder="The model’s own"
              onChange={({ target }) => set({ temperature: target.value })}
            />
          )}
        </Field>
      </div>
      <AppTools tools={draft.tools} onChange={(tools) => set({ tools })} />
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
  )
}

/** The browser asks before it throws away what was written. */
function useLeaveWarning(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isOn])
}
