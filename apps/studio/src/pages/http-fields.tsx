import { Field } from '../parts/field.js'
import type { ToolDraft } from './app-draft.js'

type HttpTool = Extract<ToolDraft, { type: 'http' }>

interface HttpFieldsProps {
  tool: HttpTool
  /** The server's name of this tool. */
  path: string
  onChange(tool: HttpTool): void
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

export function HttpFields({ tool, path, onChange }: HttpFieldsProps) {
  return (
    <>
      <Field name={`${path}.name`} label="Request name" hint="Letters, digits, _ and -.">
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
      <Field name={`${path}.description`} label="When to send it">
        {(control) => (
          <textarea
            {...control}
            value={tool.description}
            onChange={({ target }) => onChange({ ...tool, description: target.value })}
          />
        )}
      </Field>
      <Field name={`${path}.method`} label="Method">
        {(control) => (
          <select
            {...control}
            value={tool.method}
            onChange={({ target }) => onChange({ ...tool, method: target.value as HttpTool['method'] })} // an option's own value
          >
            {METHODS.map((method) => (
              <option key={method}>{method}</option>
            ))}
          </select>
        )}
      </Field>
      <Field name={`${path}.url`} label="Address" hint="{name} is a gap for a parameter.">
        {(control) => (
          <input
            {...control}
            value={tool.url}
            placeholder="https://shop.example/orders/{id}"
            spellCheck={false}
            autoComplete="off"
            required
            onChange={({ target }) => onChange({ ...tool, url: target.value })}
          />
        )}
      </Field>
      <Field
        name={`${path}.headers`}
        label="Headers"
        hint="One per line, such as Authorization: Bearer {{SHOP_KEY}}. {{SHOP_KEY}} is a secret of the server."
      >
        {(control) => (
          <textarea
            {...control}
            className="mono"
            value={tool.headers}
            spellCheck={false}
            onChange={({ target }) => onChange({ ...tool, headers: target.value })}
          />
        )}
      </Field>
      <Field name={`${path}.parameters`} label="Parameters" hint="A JSON schema of an object.">
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
