import type { AdminApp, AgentConfig, CreateAppBody, StreamLanguage, UpdateAppBody } from '@parley/protocol/admin'
import { type InputDraft, toInput, toInputDraft } from './inputs/input-draft.js'
import {
  NO_PRESENTATION,
  type PresentationDraft,
  toPresentation,
  toPresentationDraft,
} from './presentation/presentation-draft.js'
import { type ToolDraft, toTool, toToolDraft } from './tools/tool-draft.js'

/** An app while somebody writes it: numbers and JSON are still texts. */
export interface AppDraft {
  id: string
  name: string
  description: string
  aliases: string
  onDisconnect: AdminApp['on_disconnect']
  /** Empty: as the request says. */
  streamLanguage: StreamLanguage | ''
  /** Id of a model host. Empty: the server's. */
  provider: string
  model: string
  instructions: string
  temperature: string
  historyLimit: string
  memoryTokens: string
  takesNotes: boolean
  maxTurns: string
  /** Empty: as its tools make it. */
  mode: NonNullable<AgentConfig['mode']> | ''
  inputs: InputDraft[]
  tools: ToolDraft[]
  presentation: PresentationDraft
}

export const NEW_APP: AppDraft = {
  id: '',
  name: '',
  description: '',
  aliases: '',
  onDisconnect: 'cancel',
  streamLanguage: '',
  provider: '',
  model: '',
  instructions: '',
  temperature: '',
  historyLimit: '',
  memoryTokens: '',
  takesNotes: true,
  maxTurns: '',
  mode: '',
  inputs: [],
  tools: [],
  presentation: NO_PRESENTATION,
}

export function toDraft({ id, name, description, aliases, agent, presentation, ...app }: AdminApp): AppDraft {
  return {
    id,
    name,
    description: description ?? '',
    aliases: aliases.join('\n'),
    onDisconnect: app.on_disconnect,
    streamLanguage: app.stream_language ?? '',
    provider: agent?.provider ?? '',
    model: agent?.model ?? '',
    instructions: agent?.instructions ?? '',
    temperature: textOf(agent?.temperature),
    historyLimit: textOf(agent?.history_limit),
    memoryTokens: textOf(agent?.memory?.max_tokens),
    takesNotes: agent?.memory?.summarize !== false,
    maxTurns: textOf(agent?.max_turns),
    mode: agent?.mode ?? '',
    inputs: (agent?.inputs ?? []).map(toInputDraft),
    tools: (agent?.tools ?? []).map(toToolDraft),
    presentation: toPresentationDraft(presentation),
  }
}

const textOf = (value: number | undefined) => (value === undefined ? '' : String(value))

/** What is sent for a new app. @throws {FieldError} */
export const toNewApp = (draft: AppDraft): CreateAppBody => ({
  ...toSettings(draft),
  ...(draft.id.trim() && { id: draft.id.trim() }),
  agent: given(toAgent(draft)),
  presentation: given(toPresentation(draft.presentation)),
})

/** What is sent for an app that was changed: `null` clears. @throws {FieldError} */
export const toChange = (draft: AppDraft): UpdateAppBody => ({
  ...toSettings(draft),
  agent: toAgent(draft),
  presentation: toPresentation(draft.presentation),
})

const toSettings = ({ name, description, aliases, onDisconnect, streamLanguage }: AppDraft) => ({
  name,
  description: description.trim() || null,
  aliases: aliases.split(/[\s,]+/).filter(Boolean),
  on_disconnect: onDisconnect,
  stream_language: streamLanguage || null,
})

const toAgent = (draft: AppDraft) => ({
  provider: draft.provider || null,
  model: draft.model.trim() || null,
  instructions: draft.instructions,
  temperature: toNumber(draft.temperature),
  history_limit: toNumber(draft.historyLimit),
  memory: toMemory(draft),
  max_turns: toNumber(draft.maxTurns),
  mode: draft.mode || null,
  inputs: draft.inputs.length === 0 ? null : draft.inputs.map(toInput),
  tools: draft.tools.map(toTool),
})

/** `null`: as it is when nobody says anything. */
function toMemory({ memoryTokens, takesNotes }: AppDraft): AgentConfig['memory'] | null {
  const max_tokens = toNumber(memoryTokens)
  if (max_tokens === null && takesNotes) return null
  return { ...(max_tokens !== null && { max_tokens }), ...(!takesNotes && { summarize: false }) }
}

/** The input itself takes nothing but numbers. */
const toNumber = (text: string) => (text.trim() === '' ? null : Number(text))

type Given<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], null> }

/** Of something new, what nobody says is left out. */
const given = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as Given<Fields> // those that are left
