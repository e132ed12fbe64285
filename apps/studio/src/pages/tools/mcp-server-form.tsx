import type { AdminMcpServer, CreateMcpServerBody } from '@parley/protocol/admin'
import { useCallback } from 'react'
import { admin } from '../../api/admin.js'
import { useAction } from '../../api/use-action.js'
import { Field } from '../../parts/field.js'
import { Form } from '../../parts/form.js'
import { parseHeaders } from '../apps/tools/tool-draft.js'

interface McpServerFormProps {
  /** The one to change; absent: a new one. */
  server?: AdminMcpServer
  onDone(): void
}

/** Where an MCP server is, and what it is sent. */
export function McpServerForm({ server, onDone }: McpServerFormProps) {
  const action = useAction(
    useCallback(
      async (data: FormData) => {
        if (server) await admin.mcpServers.update(server.id, toChange(data))
        else await admin.mcpServers.create(toBody(data))
        onDone()
      },
      [server, onDone],
    ),
  )
  const headers = Object.entries(server?.headers ?? {}).map(([name, value]) => `${name}: ${value}`)
  return (
    <Form action={action} read={(data) => data} label={server ? `Change ${server.name}` : 'New MCP server'}>
      <Field name="name" label="Name" hint="People read it when it cannot be reached.">
        {(control) => <input {...control} defaultValue={server?.name} maxLength={200} autoComplete="off" required />}
      </Field>
      <Field name="url" label="Address" hint="Where it speaks streamable HTTP.">
        {(control) => (
          <input
            {...control}
            type="url"
            defaultValue={server?.url ?? ''}
            placeholder="https://docs.example.com/mcp"
            spellCheck={false}
            autoComplete="off"
            required
          />
        )}
      </Field>
      <Field
        name="headers"
        label="Headers"
        hint="One per line. Name a secret where a key belongs: Authorization: Bearer {{DOCS_KEY}}"
      >
        {(control) => (
          <textarea {...control} className="mono" defaultValue={headers.join('\n')} rows={3} spellCheck={false} />
        )}
      </Field>
      <Field name="timeout_seconds" label="Longest call" hint="In seconds. Empty: 60.">
        {(control) => (
          <input {...control} type="number" min={1} max={3600} defaultValue={server?.timeout_seconds ?? ''} />
        )}
      </Field>
      <div className="buttons">
        <button className="button primary" type="submit">
          {server ? 'Save' : 'Add server'}
        </button>
      </div>
    </Form>
  )
}

function toChange(data: FormData) {
  const seconds = String(data.get('timeout_seconds')).trim()
  return {
    name: String(data.get('name')),
    url: String(data.get('url')).trim(),
    headers: parseHeaders(String(data.get('headers')), 'headers') ?? null,
    timeout_seconds: seconds === '' ? null : Number(seconds),
  }
}

function toBody(data: FormData): CreateMcpServerBody {
  const { headers, timeout_seconds, ...rest } = toChange(data)
  return { ...rest, ...(headers && { headers }), ...(timeout_seconds !== null && { timeout_seconds }) }
}
