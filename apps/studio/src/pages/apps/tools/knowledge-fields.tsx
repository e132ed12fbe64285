import { type ChangeEvent, useCallback, useRef } from 'react'
import { admin } from '../../../api/admin.js'
import { useLoad } from '../../../api/use-load.js'
import { Field } from '../../../parts/field.js'
import { Icon } from '../../../parts/icon.js'
import { type DocumentDraft, newDocument, type ToolDraft } from './tool-draft.js'

type KnowledgeTool = Extract<ToolDraft, { type: 'knowledge_base' }>

interface KnowledgeFieldsProps {
  tool: KnowledgeTool
  /** The server's name of this tool. */
  path: string
  onChange(tool: KnowledgeTool): void
}

/** Knowledge bases of the workspace, and texts of the app's own, typed or taken from files. */
export function KnowledgeFields({ tool, path, onChange }: KnowledgeFieldsProps) {
  const picker = useRef<HTMLInputElement>(null)
  const { documents } = tool
  const setDocuments = (changed: DocumentDraft[]) => onChange({ ...tool, documents: changed })

  const addFiles = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const files = [...(target.files ?? [])]
    target.value = '' // the same file can be taken again
    const read = await Promise.all(
      files.map(async (file) => newDocument({ title: file.name.replace(/\.\w+$/, ''), text: await file.text() })),
    )
    setDocuments([...documents.filter(({ title, text }) => title || text), ...read])
  }
  return (
    <>
      <Field name={`${path}.description`} label="What it is about" hint="The agent reads this to know when to search.">
        {(control) => (
          <input
            {...control}
            value={tool.description}
            maxLength={1000}
            onChange={({ target }) => onChange({ ...tool, description: target.value })}
          />
        )}
      </Field>
      <BaseChoices chosen={tool.knowledge} onChange={(knowledge) => onChange({ ...tool, knowledge })} />
      {documents.map((one, index) => (
        <DocumentFields
          key={one.key}
          value={one}
          number={index + 1}
          path={`${path}.documents.${index}`}
          onChange={(changed) => setDocuments(documents.with(index, changed))}
          onRemove={() => setDocuments(documents.toSpliced(index, 1))}
        />
      ))}
      <div className="buttons start">
        <button className="button" type="button" onClick={() => setDocuments([...documents, newDocument()])}>
          <Icon name="plus" />
          Text
        </button>
        <button className="button" type="button" onClick={() => picker.current?.click()}>
          Take from files
        </button>
        <input ref={picker} type="file" accept=".md,.txt,text/*" multiple hidden onChange={addFiles} />
      </div>
    </>
  )
}

/** Nothing where the workspace has no knowledge bases. One that was deleted stays chosen until somebody takes it out. */
function BaseChoices({ chosen, onChange }: { chosen: string[]; onChange(chosen: string[]): void }) {
  const bases = useLoad(useCallback(() => admin.knowledge.list({ limit: 100, order: 'asc' }), []))
  const known = bases.value?.data ?? []
  const gone = bases.value ? chosen.filter((id) => known.every((base) => base.id !== id)) : []
  const choices = [...known, ...gone.map((id) => ({ id, name: `${id} (deleted)`, description: null }))]
  if (choices.length === 0) return null
  return (
    <fieldset className="choices">
      <legend className="label">Knowledge bases</legend>
      {choices.map(({ id, name, description }) => (
        <label className="choice" key={id}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
            }
          />
          <span>
            {name}
            {description && <span className="hint">{description}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

interface DocumentFieldsProps {
  value: DocumentDraft
  number: number
  path: string
  onChange(value: DocumentDraft): void
  onRemove(): void
}

function DocumentFields({ value, number, path, onChange, onRemove }: DocumentFieldsProps) {
  return (
    <fieldset className="part">
      <legend className="unseen">Text {number}</legend>
      <Field name={`${path}.title`} label="Title">
        {(control) => (
          <input
            {...control}
            value={value.title}
            maxLength={500}
            required
            onChange={({ target }) => onChange({ ...value, title: target.value })}
          />
        )}
      </Field>
      <Field name={`${path}.text`} label="Text" hint="Plain text or Markdown.">
        {(control) => (
          <textarea
            {...control}
            value={value.text}
            required
            onChange={({ target }) => onChange({ ...value, text: target.value })}
          />
        )}
      </Field>
      <Field name={`${path}.url`} label="Link" hint="Where people can read it. May be empty.">
        {(control) => (
          <input
            {...control}
            type="url"
            value={value.url}
            placeholder="https://"
            onChange={({ target }) => onChange({ ...value, url: target.value })}
          />
        )}
      </Field>
      <button className="button quiet-button" type="button" onClick={onRemove} aria-label={`Remove text ${number}`}>
        Remove text
      </button>
    </fieldset>
  )
}
