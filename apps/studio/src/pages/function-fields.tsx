import { Field } from '../parts/field.js'
import type { ToolDraft } from './app-draft.js'

type FunctionTool = Extract<ToolDraft, { type: 'function' }>

interface FunctionFieldsProps {
  tool: FunctionTool
  /** The server's name of this tool. */
  path: string
  onChange(tool: FunctionTool): void
}

export function FunctionFields({ tool, path, onChange }: FunctionFieldsProps) {
  return (
    <>
      <Field name={`${path}.function.name`} label="Function name" hint="Letters, digits, _ and -.">
        {(control) => (
          <input
            {...control}
            value={tool.name}
            pattern="[\w\-]{1,64}"
            spellCheck={false}
            autoComplete="off"
            required
            onChange={({ target }) => onChange({ ...tool, name: target.value })}
          />
        )}
      </Field>
      <Field name={`${path}.function.description`} label="When to use it">
        {(control) => (
          <textarea
            {...control}
            value={tool.description}
            onChange={({ target }) => onChange({ ...tool, description: target.value })}
          />
        )}
      </Field>
      <Field name={`${path}.function.parameters`} label="Parameters" hint="A JSON schema of an object.">
        {(control) => (
          <textarea
            {...control}
            className="mono"
            value={tool.parameters}
            spellCheck={false}
            onChange={({ target }) => onChange({ ...tool, parameters: target.value })}
          />
        )}
      </Field>
    </>
  )
}
