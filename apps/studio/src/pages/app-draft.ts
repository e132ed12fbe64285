import type { AdminApp, AgentTool, CreateAppBody, UpdateAppBody } from '@parley/protocol/admin'
import { FieldError } from '../api/failure.js'

/** An app while somebody writes it: numbers and JSON are still texts. */
export interface AppDraft {
  id: string
  name: string
  description: string
  aliases: string
  onDisconnect: AdminApp['on_disconnect']
  model: string
  instructions: string
  temperature: string
  historyLimit: string
  maxTurns: string
  tools: ToolDraft[]
}

type HttpTool = Extract<AgentTool, { type: 'http' }>

export type ToolDraft = { key: string } & (
  | { type: 'web_search' }
  | { type: 'code_interpreter' }
  | { type: 'image_generation' }
  | { type: 'knowledge_base'; description: string; knowledge: string[]; documents: DocumentDraft[] }
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
  web_search: () => ({ key: newKey(), type: 'web_search' }),
  code_interpreter: () => ({ key: newKey(), type: 'code_interpreter' }),
  image_generation: () => ({ key: newKey(), type: 'image_generation' }),
}

export const NEW_APP: AppDraft = {
  id: '',
  name: '',
  description: '',
  aliases: '',
  onDisconnect: 'cancel',
  model: '',
  instructions: '',
  temperature: '',
  historyLimit: '',
  maxTurns: '',
  tools: [],
}

export function toDraft({ id, name, description, aliases, on_disconnect, agent }: AdminApp): AppDraft {
  return {
    id,
    name,
    description: description ?? '',
    aliases: aliases.join('\n'),
    onDisconnect: on_disconnect,
    model: agent?.model ?? '',
    instructions: agent?.instructions ?? '',
    temperature: textOf(agent?.temperature),
    historyLimit: textOf(agent?.history_limit),
    maxTurns: textOf(agent?.max_turns),
    tools: (agent?.tools ?? []).map(toToolDraft),
  }
}

const textOf = (value: number | undefined) => (value === undefined ? '' : String(value))

function toToolDraft(tool: AgentTool): ToolDraft {
  const key = newKey()
  if (tool.type === 'knowledge_base') {
    const documents = tool.documents.map((one) => newDocument({ ...one, url: one.url ?? '' }))
    return { key, type: tool.type, description: tool.description ?? '', knowledge: tool.knowledge ?? [], documents }
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

/** What is sent for a new app. @throws {FieldError} */
export function toNewApp(draft: AppDraft): CreateAppBody {
  const { model, instructions, temperature, history_limit, max_turns, tools } = toAgent(draft)
  return {
    ...toSettings(draft),
    ...(draft.id.trim() && { id: draft.id.trim() }),
    agent: {
      instructions,
      tools,
      ...(model !== null && { model }),
      ...(temperature !== null && { temperature }),
      ...(history_limit !== null && { history_limit }),
      ...(max_turns !== null && { max_turns }),
    },
  }
}

/** What is sent for an app that was changed: `null` clears. @throws {FieldError} */
export const toChange = (draft: AppDraft): UpdateAppBody => ({ ...toSettings(draft), agent: toAgent(draft) })

const toSettings = ({ name, description, aliases, onDisconnect }: AppDraft) => ({
  name,
  description: description.trim() || null,
  aliases: aliases.split(/[\s,]+/).filter(Boolean),
  on_disconnect: onDisconnect,
})

const toAgent = (draft: AppDraft) => ({
  model: draft.model.trim() || null,
  instructions: draft.instructions,
  temperature: toNumber(draft.temperature),
  history_limit: toNumber(draft.historyLimit),
  max_turns: toNumber(draft.maxTurns),
  tools: draft.tools.map(toTool),
})

/** The input itself takes nothing but numbers. */
const toNumber = (text: string) => (text.trim() === '' ? null : Number(text))

function toTool(tool: ToolDraft, index: number): AgentTool {
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
  if (tool.type === 'function') {
    const parameters = parseParameters(tool.parameters, `agent.tools.${index}.function.parameters`)
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
    const parameters = parseParameters(tool.parameters, `agent.tools.${index}.parameters`)
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
function parseHeaders(text: string, param: string): Record<string, string> | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length === 0) return undefined
  const entries = lines.map((line) => {
    const colon = line.indexOf(':')
    if (colon < 1) throw new FieldError(param, 'Write one header per line: its name, a colon, its value.')
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
  })
  return Object.fromEntries(entries)
}

function parseParameters(text: string, param: string): Record<string, unknown> | undefined {
  if (text.trim() === '') return undefined
  const value = parseJson(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown> // checked in this line
  throw new FieldError(param, 'This is no JSON object. Check quotes, commas and braces, or leave it empty.')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // the caller says so
  }
}
