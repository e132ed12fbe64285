import type { AdminMcpTest } from '@parley/protocol/admin'
import { useCallback, useId } from 'react'
import { admin } from '../../../api/admin.js'
import { toHash } from '../../../api/route.js'
import { useLoad } from '../../../api/use-load.js'
import { Field } from '../../../parts/field.js'
import { Notice } from '../../../parts/notice.js'
import type { ToolDraft } from './tool-draft.js'

type McpTool = Extract<ToolDraft, { type: 'mcp' }>

interface McpFieldsProps {
  tool: McpTool
  /** The server's name of this tool. */
  path: string
  onChange(tool: McpTool): void
}

/** Which MCP server, which of its tools, and which calls a person has to allow. */
export function McpFields({ tool, path, onChange }: McpFieldsProps) {
  const { value, failure } = useLoad(useCallback(() => admin.mcpServers.list({ limit: 100, order: 'asc' }), []))
  const known = value?.data ?? []
  const isGone = value !== undefined && tool.server !== '' && known.every(({ id }) => id !== tool.server)
  const choices = isGone ? [...known, { id: tool.server, name: `${tool.server} (deleted)` }] : known
  return (
    <>
      {failure && <Notice tone="danger">{failure.message}</Notice>}
      {value && known.length === 0 && (
        <p className="hint">
          There are none yet. <a href={toHash('mcp')}>Add an MCP server</a>, then choose it here.
        </p>
      )}
      <Field name={`${path}.server`} label="Server">
        {(control) => (
          <select
            {...control}
            value={tool.server}
            required
            onChange={({ target }) => onChange({ ...tool, server: target.value, tools: null, asking: [] })}
          >
            <option value="">Choose a server</option>
            {choices.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      {tool.server !== '' && !isGone && (
        <ServerTools key={tool.server} server={tool.server} tool={tool} onChange={onChange} />
      )}
    </>
  )
}

interface ServerToolsProps {
  server: string
  tool: McpTool
  onChange(tool: McpTool): void
}

/** The tools that the server has now, as a list to choose from. What was chosen and is gone stays until it is taken out. */
function ServerTools({ server, tool, onChange }: ServerToolsProps) {
  const tested = useLoad(useCallback(() => admin.mcpServers.test(server), [server]))
  const { value, failure } = tested
  const offered = value?.tools ?? []
  const gone = (tool.tools ?? []).filter((name) => offered.every((one) => one.name !== name))
  const rows = [
    ...offered,
    ...gone.map((name) => ({ name, title: null, description: 'The server does not offer it now.' })),
  ]
  return (
    <>
      {!value && !failure && <p className="hint">Asking the server for its tools…</p>}
      {(failure ?? value?.problem) && (
        <Notice tone="danger">
          {failure?.message ?? value?.problem}{' '}
          <button className="button" type="button" onClick={tested.reload}>
            Try again
          </button>
        </Notice>
      )}
      {rows.length > 0 && <ToolChoices rows={rows} tool={tool} onChange={onChange} />}
      <ApprovalChoice tool={tool} onChange={onChange} />
    </>
  )
}

interface ToolChoicesProps {
  rows: AdminMcpTest['tools']
  tool: McpTool
  onChange(tool: McpTool): void
}

function ToolChoices({ rows, tool, onChange }: ToolChoicesProps) {
  const id = useId()
  const { tools, asking } = tool
  const isChosen = (name: string) => tools === null || tools.includes(name)
  const set = (name: string, isOn: boolean, names: string[]) =>
    isOn ? [...names, name] : names.filter((other) => other !== name)
  return (
    <fieldset className="choices">
      <legend className="label">Tools</legend>
      <label className="choice">
        <input
          type="checkbox"
          checked={tools === null}
          onChange={({ target }) => onChange({ ...tool, tools: target.checked ? null : [] })}
        />
        <span>
          All tools, also those it gets later
          <span className="hint">Take this away to choose some.</span>
        </span>
      </label>
      {rows.map(({ name, title, description }) => (
        <div className="mcp-tool" key={name}>
          <label className="choice">
            <input
              type="checkbox"
              checked={isChosen(name)}
              disabled={tools === null}
              onChange={({ target }) => onChange({ ...tool, tools: set(name, target.checked, tools ?? []) })}
              aria-describedby={description ? `${id}-${name}` : undefined}
            />
            <span>
              {title ?? name}
              {description && (
                <span className="hint mcp-about" id={`${id}-${name}`}>
                  {description}
                </span>
              )}
            </span>
          </label>
          {tool.approval === 'some' && isChosen(name) && (
            <label className="choice">
              <input
                type="checkbox"
                checked={asking.includes(name)}
                onChange={({ target }) => onChange({ ...tool, asking: set(name, target.checked, asking) })}
                aria-label={`Ask before ${title ?? name}`}
              />
              <span>Ask first</span>
            </label>
          )}
        </div>
      ))}
    </fieldset>
  )
}

const APPROVALS = {
  always: 'Before every call',
  some: 'Before calls of chosen tools',
  never: 'Never',
} as const satisfies Record<McpTool['approval'], string>

function ApprovalChoice({ tool, onChange }: Omit<McpFieldsProps, 'path'>) {
  return (
    <Field name="approval" label="Ask the person" hint="They see what a tool is called with, and allow it or not.">
      {(control) => (
        <select
          {...control}
          value={tool.approval}
          onChange={({ target }) => onChange({ ...tool, approval: target.value as McpTool['approval'] })} // an option's own value
        >
          {Object.entries(APPROVALS).map(([approval, words]) => (
            <option key={approval} value={approval}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
