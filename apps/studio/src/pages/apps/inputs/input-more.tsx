import type { ReactNode } from 'react'
import { Field } from '../../../parts/field.js'
import type { InputDraft } from './input-draft.js'

interface InputMoreProps {
  value: InputDraft
  path: string
  onChange(change: Partial<InputDraft>): void
}

/** What one kind of field has and others do not. */
export function InputMore(props: InputMoreProps) {
  return MORE[props.value.type](props)
}

const MORE: Record<InputDraft['type'], (props: InputMoreProps) => ReactNode> = {
  'text-input': (props) => <TextMore {...props} />,
  paragraph: (props) => <TextMore {...props} />,
  select: ({ value, path, onChange }) => (
    <>
      <Field name={`${path}.options`} label="Choices" hint="One per line.">
        {(control) => (
          <textarea
            {...control}
            value={value.options}
            required
            onChange={({ target }) => onChange({ options: target.value })}
          />
        )}
      </Field>
      <Preset value={value} path={path} onChange={onChange} hint="One of the choices." />
    </>
  ),
  number: (props) => <Preset {...props} type="number" />,
  checkbox: ({ value, onChange }) => (
    <label className="choice">
      <input
        type="checkbox"
        checked={value.isChecked}
        onChange={({ target }) => onChange({ isChecked: target.checked })}
      />
      <span>Yes to begin with</span>
    </label>
  ),
  file: (props) => <FileMore {...props} />,
  'file-list': (props) => (
    <>
      <FileMore {...props} />
      <Most {...props} label="Most files" most={100} />
    </>
  ),
  json_object: ({ value, path, onChange }) => (
    <Field name={`${path}.default`} label="Begins with" hint="A JSON object. May be empty.">
      {(control) => (
        <textarea
          {...control}
          className="mono"
          value={value.preset}
          spellCheck={false}
          onChange={({ target }) => onChange({ preset: target.value })}
        />
      )}
    </Field>
  ),
}

function TextMore(props: InputMoreProps) {
  return (
    <div className="columns">
      <Preset {...props} />
      <Most {...props} label="Most characters" most={100_000} />
    </div>
  )
}

function Preset({ value, path, onChange, type = 'text', hint }: InputMoreProps & { type?: string; hint?: string }) {
  return (
    <Field name={`${path}.default`} label="Begins with" hint={hint}>
      {(control) => (
        <input
          {...control}
          type={type}
          step="any"
          value={value.preset}
          autoComplete="off"
          onChange={({ target }) => onChange({ preset: target.value })}
        />
      )}
    </Field>
  )
}

function Most({ value, path, onChange, label, most }: InputMoreProps & { label: string; most: number }) {
  return (
    <Field name={`${path}.max_length`} label={label}>
      {(control) => (
        <input
          {...control}
          type="number"
          min={1}
          max={most}
          value={value.most}
          placeholder="As many as they like"
          onChange={({ target }) => onChange({ most: target.value })}
        />
      )}
    </Field>
  )
}

const FILE_KINDS: Record<InputDraft['fileKinds'][number], string> = {
  image: 'Pictures',
  document: 'Documents',
  audio: 'Sound',
  video: 'Films',
  custom: 'Others',
}

function FileMore({ value, path, onChange }: InputMoreProps) {
  const { fileKinds } = value
  const kinds = Object.entries(FILE_KINDS) as [keyof typeof FILE_KINDS, string][] // the table's own names
  return (
    <>
      <fieldset className="choices">
        <legend className="label">Kinds of files</legend>
        <div className="choose">
          {kinds.map(([kind, words]) => (
            <label className="choice" key={kind}>
              <input
                type="checkbox"
                checked={fileKinds.includes(kind)}
                onChange={({ target }) =>
                  onChange({
                    fileKinds: target.checked ? [...fileKinds, kind] : fileKinds.filter((other) => other !== kind),
                  })
                }
              />
              <span>{words}</span>
            </label>
          ))}
        </div>
        <p className="hint">None chosen: all of them.</p>
      </fieldset>
      <Field name={`${path}.allowed_file_extensions`} label="Endings" hint="Such as .pdf, .docx. Empty: all.">
        {(control) => (
          <input
            {...control}
            value={value.extensions}
            spellCheck={false}
            autoComplete="off"
            onChange={({ target }) => onChange({ extensions: target.value })}
          />
        )}
      </Field>
    </>
  )
}
