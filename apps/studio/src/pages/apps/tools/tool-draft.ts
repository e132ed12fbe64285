import type { AgentTool } from '@parley/protocol/admin'
import { FieldError } from '../../../api/failure.js'
import { parseObject } from '../parse-object.js'

type HttpTool = Extract<AgentTool, { type: 'http' }>
type McpTool = Extract<AgentTool, { type: 'mcp' }>

/** A tool while somebody writes it: JSON is still text. */
export type ToolDraft = { key: string } & (
  | { type: 'web_search' }
  | { type: 'memory' }
  | { type: 'code_interpreter' }
  | { type: 'image_generation' }
  | { type: 'knowledge_base'; description: string; knowledge: string[]; documents: DocumentDraft[] }
  | {
      type: 'mcp'
      server: string
      /** `null`: all of them. */
      tools: string[] | null
      approval: 'always' | 'some' | 'never'
      /** With `some`: the tools whose calls a person has to allow. */
      asking: string[]
    }
  | { type: 'function'; name: string; description: string; parameters: string }
  | {
      type: 'http'
      name: string
      description: string
      method: HttpTool['method']
      url: string
      headers: string
      parameters: string
    }
)

export interface DocumentDraft {
  key: string
  title: string
  text: string
  url: string
}

const newKey = () => crypto.randomUUID()

export const newDocument = (given: Partial<DocumentDraft> = {}): DocumentDraft => ({
  key: newKey(),
  title: '',
  text: '',
  url: '',
  ...given,
})

const NO_PARAMETERS = '{\n  "type": "object",\n  "properties": {}\n}'

export const NEW_TOOLS: { [Type in ToolDraft['type']]: () => Extract<ToolDraft, { type: Type }> } = {
  knowledge_base: () => ({
    key: newKey(),
    type: 'knowledge_base',
    description: '',
    knowledge: [],
    documents: [newDocument()],
  }),
  mcp: () => ({ key: newKey(), type: 'mcp', server: '', tools: null, approval: 'always', asking: [] }),
  function: () => ({ key: newKey(), type: 'function', name: '', description: '', parameters: NO_PARAMETERS }),
  http: () => ({
    key: newKey(),
    type: 'http',
    name: '',
    description: '',
    method: 'GET',
    url: '',
    headers: '',
    parameters: NO_PARAMETERS,
  }),
  memory: () => ({ key: newKey(), type: 'memory' }),
  web_search: () => ({ key: newKey(), type: 'web_search' }),
  code_interpreter: () => ({ key: newKey(), type: 'code_interpreter' }),
  image_generation: () => ({ key: newKey(), type: 'image_generation' }),
}

export function toToolDraft(tool: AgentTool): ToolDraft {
  const key = newKey()
  if (tool.type === 'knowledge_base') {
    const documents = tool.documents.map((one) => newDocument({ ...one, url: one.url ?? '' }))
    return { key, type: tool.type, description: tool.description ?? '', knowledge: tool.knowledge ?? [], documents }
  }
  if (tool.type === 'mcp') {
    const { type, server, tools = null } = tool
    return { key, type, server, tools, ...toAsking(tool, tools) }
  }
  if (tool.type === 'function') {
    const { name, description = '', parameters } = tool.function
    return {
      key,
      type: tool.type,
      name,
      description,
      parameters: parameters ? JSON.stringify(parameters, null, 2) : '',
    }
  }
  if (tool.type === 'http') {
    const { headers = {}, description = '', parameters } = tool
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
    return {
      key,
      ...tool,
      description,
      headers: lines.join('\n'),
      parameters: parameters ? JSON.stringify(parameters, null, 2) : '',
    }
  }
  return { key, type: tool.type }
}

/** As one of three choices. Of a list of tools that need no asking, the others need it. */
function toAsking(
  { approval = 'never' }: McpTool,
  tools: string[] | null,
): Pick<Extract<ToolDraft, { type: 'mcp' }>, 'approval' | 'asking'> {
  if (typeof approval === 'string') return { approval, asking: [] }
  const { always, never = [] } = approval
  return { approval: 'some', asking: always ?? (tools ?? []).filter((name) => !never.includes(name)) }
}

/** What is sent of it; `index`: its place among the tools. @throws {FieldError} */
export function toTool(tool: ToolDraft, index: number): AgentTool {
  if (tool.type === 'knowledge_base') {
    const documents = tool.documents.map(({ title, text, url }) => ({
      title,
      text,
      ...(url.trim() && { url: url.trim() }),
    }))
    return {
      type: tool.type,
      ...(tool.description.trim() && { description: tool.description.trim() }),
      ...(tool.knowledge.length > 0 && { knowledge: tool.knowledge }),
      documents,
    }
  }
  if (tool.type === 'mcp') {
    const { type, server, tools, approval, asking } = tool
    return { type, server, ...(tools && { tools }), approval: approval === 'some' ? { always: asking } : approval }
  }
  if (tool.type === 'function') {
    const parameters = parseObject(tool.parameters, `agent.tools.${index}.function.parameters`)
    return {
      type: tool.type,
      function: {
        name: tool.name.trim(),
        ...(tool.description.trim() && { description: tool.description.trim() }),
        ...(parameters && { parameters }),
      },
    }
  }
  if (tool.type === 'http') {
    const headers = parseHeaders(tool.headers, `agent.tools.${index}.headers`)
    const parameters = parseObject(tool.parameters, `agent.tools.${index}.parameters`)
    return {
      type: tool.type,
      name: tool.name.trim(),
      ...(tool.description.trim() && { description: tool.description.trim() }),
      method: tool.method,
      url: tool.url.trim(),
      ...(headers && { headers }),
      ...(parameters && { parameters }),
    }
  }
  return { type: tool.type }
}

/** `Name: value` in each line. */
export function parseHeaders(text: string, param: string): Record<string, string> | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length === 0) return undefined
  const entries = lines.map((line) => {
    const colon = line.indexOf(':')
    if (colon < 1) throw new FieldError(param, 'Write one header per line: its name, a colon, its value.')
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
  })
  return Object.fromEntries(entries)
}
