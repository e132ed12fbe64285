import type { ReactNode } from 'react'
import { Icon } from '../../../parts/icon.js'
import { FunctionFields } from './function-fields.js'
import { HttpFields } from './http-fields.js'
import { KnowledgeFields } from './knowledge-fields.js'
import { McpFields } from './mcp-fields.js'
import { NEW_TOOLS, type ToolDraft } from './tool-draft.js'

const NAMES: Record<ToolDraft['type'], { name: string; about: string }> = {
  knowledge_base: { name: 'Knowledge', about: 'Searches texts of yours. Answers name the text they come from.' },
  mcp: { name: 'MCP server', about: 'Tools that another server offers.' },
  function: { name: 'Function', about: 'Runs in your page, which answers it: onClientTool.' },
  http: { name: 'HTTP request', about: 'Asks a service of yours. The agent sees its answer, never its headers.' },
  memory: { name: 'Memory', about: 'Remembers facts about its user across conversations.' },
  web_search: { name: 'Web search', about: 'Searches the web.' },
  code_interpreter: { name: 'Code interpreter', about: 'Runs code that the agent writes.' },
  image_generation: { name: 'Pictures', about: 'Makes pictures.' },
}

/** Tools an agent may have several of. */
const REPEATED = new Set<ToolDraft['type']>(['mcp', 'function', 'http'])

interface AppToolsProps {
  tools: ToolDraft[]
  onChange(tools: ToolDraft[]): void
}

/** What an agent may use. */
export function AppTools({ tools, onChange }: AppToolsProps) {
  const types = Object.keys(NEW_TOOLS) as ToolDraft['type'][] // the table's own names
  const offered = types.filter((type) => REPEATED.has(type) || !tools.some((tool) => tool.type === type))
  const change = (index: number, tool: ToolDraft) => onChange(tools.with(index, tool))
  return (
    <section className="stack" aria-labelledby="tools-title">
      <h2 id="tools-title">Tools</h2>
      {tools.map((tool, index) => (
        <ToolCard key={tool.key} tool={tool} onRemove={() => onChange(tools.toSpliced(index, 1))}>
          {tool.type === 'knowledge_base' && (
            <KnowledgeFields tool={tool} path={`agent.tools.${index}`} onChange={(changed) => change(index, changed)} />
          )}
          {tool.type === 'mcp' && (
            <McpFields tool={tool} path={`agent.tools.${index}`} onChange={(changed) => change(index, changed)} />
          )}
          {tool.type === 'function' && (
            <FunctionFields tool={tool} path={`agent.tools.${index}`} onChange={(changed) => change(index, changed)} />
          )}
          {tool.type === 'http' && (
            <HttpFields tool={tool} path={`agent.tools.${index}`} onChange={(changed) => change(index, changed)} />
          )}
        </ToolCard>
      ))}
      <div className="buttons start">
        {offered.map((type) => (
          <button key={type} className="button" type="button" onClick={() => onChange([...tools, NEW_TOOLS[type]()])}>
            <Icon name="plus" />
            {NAMES[type].name}
          </button>
        ))}
      </div>
    </section>
  )
}

function ToolCard({ tool, onRemove, children }: { tool: ToolDraft; onRemove(): void; children: ReactNode }) {
  const { name, about } = NAMES[tool.type]
  return (
    <fieldset className="card">
      <legend className="unseen">{name}</legend>
      <div className="card-head">
        <div>
          <p className="label" aria-hidden="true">
            {name}
          </p>
          <p className="hint">{about}</p>
        </div>
        <button
          className="button quiet-button"
          type="button"
          onClick={onRemove}
          aria-label={`Remove ${name.toLowerCase()}`}
        >
          Remove
        </button>
      </div>
      {children}
    </fieldset>
  )
}
