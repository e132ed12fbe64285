import { Field } from '../../../parts/field.js'
import { CallDescription, CallName, CallParameters } from './call-fields.js'
import type { ToolDraft } from './tool-draft.js'

type HttpTool = Extract<ToolDraft, { type: 'http' }>

interface HttpFieldsProps {
  tool: HttpTool
  /** The server's name of this tool. */
  path: string
  onChange(tool: HttpTool): void
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

export function HttpFields({ tool, path, onChange }: HttpFieldsProps) {
  const call = { tool, path, onChange: (change: Partial<HttpTool>) => onChange({ ...tool, ...change }) }
  return (
    <>
      <CallName {...call} label="Request name" />
      <CallDescription {...call} label="When to send it" />
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
        hint="One per line, such as Authorization: Bearer {{SHOP_KEY}}. {{SHOP_KEY}} stands under Secrets."
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
      <CallParameters {...call} />
    </>
  )
}
