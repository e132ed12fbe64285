import { type AppMode, appFormSchema, type InputField } from '@parley/protocol'
import {
  type AppPresentation,
  presentationSchema,
  STREAM_LANGUAGES,
  type StreamLanguage,
  streamLanguageSchema,
} from '@parley/protocol/admin'
import type { AgentContext } from '../agents/agent-context.js'
import { agentApp } from '../agents/agent-runnable.js'
import { describeAgent } from '../agents/describe-agent.js'
import { SERVER_STEPS } from '../agents/server-tools.js'
import type { AnyAgent } from '../agents/thread-history.js'
import { toolNamesOf } from '../agents/tool-breakpoints.js'
import type { Toolkit } from '../agents/tools/toolkit.js'
import type { Caller } from '../app/caller.js'
import type { Log } from '../base/log.js'
import type { AppSource } from '../catalog/catalog.js'
import { type ChatKitHooks, runnableOf } from '../chatkit-server/hooks.js'
import { describeIssue } from '../dialects/describe-issue.js'
import type { ModelSource } from '../models/model-source.js'
import type { AgentFacts, Runnable } from '../runnable/runnable.js'
import { hostedTools } from './agent-builder/hosted-tools.js'
import type { ModelMap } from './agent-builder/model-map.js'
import { type Doubt, readExport } from './agent-builder/read-export.js'
import { type RunWorkflow, workflowApp } from './agent-builder/workflow-app.js'
import { AppError } from './app-error.js'
import type { CodeApp } from './define-app.js'
import { loadModule, readSource } from './load-module.js'
import { mcpOf } from './mcp-of-app.js'
import { knowledgeOf, ownModules, workflowModules } from './own-modules.js'
import { toolsOf } from './tools-of-app.js'

/** An app as it was read from its file. */
export interface LoadedApp {
  app: Runnable<Caller>
  answers: NonNullable<AppSource['answers']>
  aliases: string[]
  presentation?: AppPresentation | undefined
  streamLanguage?: StreamLanguage | undefined
  /** What may work differently here than where the file comes from. */
  doubts: Doubt[]
  /** Ends what it has opened, e.g. MCP servers. */
  close(): Promise<unknown>
}

export interface LoadAppOptions {
  folder: string
  models: ModelSource
  modelMap: ModelMap
  /** What the server's own tools are made of. Absent: it has nothing for them. */
  toolkit?: Toolkit | undefined
  log: Log
  cacheDir?: string | undefined
}

/** How the steps of an export's own tools read. */
const STEPS = { file_search: { title: 'Searching the files', icon: 'search' } } as const

/** Reads an app from its file. @throws whatever is wrong with the file; {@link AppError} when it exports nothing that answers */
export async function loadApp(file: string, options: LoadAppOptions): Promise<LoadedApp> {
  const { models, modelMap, log } = options
  const exported = readExport(readSource(file))
  if (exported) {
    const knowledge = knowledgeOf(file)
    const own = await workflowModules(knowledge)
    const module = await loadModule(file, { ...options, own, source: exported.code })
    const { workflowId, doubts } = exported
    const runWorkflow = module.runWorkflow as RunWorkflow // it exports one
    const tools = hostedTools({ kind: models.kind, knowledge, log })
    const app = workflowApp<Caller>(runWorkflow, { models, modelMap, tools, steps: STEPS })
    return { app, answers: 'workflow', aliases: workflowId ? [workflowId] : [], doubts, close: tools.close }
  }
  const module = await loadModule(file, { ...options, own: await ownModules() })
  const described = describedIn(module)
  const aliases = described.aliases ?? []
  const presentation = described.presentation && readPresentation(described.presentation)
  const streamLanguage = described.streamLanguage === undefined ? undefined : readLanguage(described.streamLanguage)
  if ('respond' in described)
    return {
      app: runnable(described),
      answers: 'respond',
      aliases,
      presentation,
      streamLanguage,
      doubts: [],
      close: async () => undefined,
    }
  const tools = toolsOf(described, { models, toolkit: options.toolkit ?? {}, source: readSource(file) })
  const mcp = mcpOf(described, log)
  const complete: Complete = async (agent, { workspaceId }, shown) =>
    mcp.complete(await tools.complete(agent, workspaceId), shown)
  const app = agentOf(described, models, complete)
  return { app, answers: 'agent', aliases, presentation, streamLanguage, doubts: tools.doubts, close: mcp.close }
}

/** What answers, by the ways a file may say it. */
function describedIn(module: Record<string, unknown>): CodeApp {
  for (const candidate of [module.default, module.app, module.agent]) {
    if (isAgent(candidate)) return { agent: candidate }
    if (isCodeApp(candidate)) return candidate
  }
  const respond = module.respond ?? module.default
  if (typeof respond === 'function') return { ...hooksIn(module), respond: respond as ChatKitHooks<Caller>['respond'] } // called with a thread, a message and a context
  throw new AppError(
    'exports nothing that answers. Export an Agent, a function `respond`, Agent Builder’s `runWorkflow`, or defineApp({ … }) by default.',
  )
}

/** Hooks beside `respond`, by their own names. */
const hooksIn = ({ action, syncAction, addFeedback, transcribe }: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries({ action, syncAction, addFeedback, transcribe }).filter(([, hook]) => typeof hook === 'function'),
  ) as Partial<ChatKitHooks<Caller>>

/** By its shape: the file's Agents SDK need not be the server's own. */
const isAgent = (value: unknown): value is AnyAgent =>
  typeof value === 'object' && value !== null && 'instructions' in value && 'handoffs' in value && 'clone' in value

const isCodeApp = (value: unknown): value is CodeApp =>
  typeof value === 'object' && value !== null && ('agent' in value || 'respond' in value)

type Complete = (agent: AnyAgent, caller: Caller, shown?: AgentContext<Caller>) => Promise<AnyAgent>

const runnable = (described: Extract<CodeApp, { respond: unknown }>): Runnable<Caller> => ({
  ...runnableOf(described, described.onDisconnect),
  mode: described.mode,
  inputs: described.inputs && readForm(described.inputs),
})

function agentOf(
  described: Extract<CodeApp, { agent: unknown }>,
  models: ModelSource,
  complete: Complete,
): Runnable<Caller> {
  const { agent, choices, historyLimit, memory, maxTurns, steps, onDisconnect, action, inputs } = described
  const app = agentApp<Caller>({
    agent: async (run, shown) =>
      complete(typeof agent === 'function' ? await agent(run, shown) : agent, run.context, shown),
    ...(typeof agent !== 'function' && {
      toolNames: async (caller) => toolNamesOf(await complete(agent, caller)),
    }),
    models,
    choices,
    historyLimit,
    memory,
    maxTurns,
    steps: steps === false ? false : { ...SERVER_STEPS, ...steps },
    onDisconnect,
    mode: described.mode ?? modeOf(described),
    inputs: inputs && readForm(inputs),
    ...(action && {
      action: (run, given, sender) => action(run.thread, given, sender, run.context, run),
    }),
  })
  return typeof agent === 'function' ? app : { ...app, describe: async () => withServerTools(agent, described) }
}

/** What it gets of the server stands beside its own tools. */
function withServerTools(agent: AnyAgent, { tools = [], mcpServers = [] }: CodeApp): AgentFacts {
  const facts = describeAgent(agent)
  const named = tools.map((tool) => {
    if (typeof tool === 'string') return { name: tool, description: null }
    const description = 'description' in tool ? (tool.description ?? null) : null
    return { name: tool.type === 'http' ? tool.name : tool.type, description }
  })
  const servers = [...mcpServers, ...agent.mcpServers].map(({ name }) => ({ name, description: 'An MCP server.' }))
  return { ...facts, tools: [...facts.tools, ...named, ...servers] }
}

/** An agent with tools shows its steps. */
const modeOf = ({ agent, tools = [] }: Extract<CodeApp, { agent: unknown }>): AppMode =>
  tools.length > 0 || (typeof agent !== 'function' && agent.tools.length > 0) ? 'agent-chat' : 'chat'

function readPresentation(given: AppPresentation): AppPresentation {
  const presentation = presentationSchema.safeParse(given)
  if (presentation.success) return presentation.data
  const [issue] = presentation.error.issues
  throw new AppError(
    `has a \`presentation\` that cannot be read: ${issue ? describeIssue(issue, given) : presentation.error.message}.`,
  )
}

function readLanguage(given: StreamLanguage): StreamLanguage {
  const language = streamLanguageSchema.safeParse(given)
  if (language.success) return language.data
  throw new AppError(
    `has a \`streamLanguage\` that is not known: it must be ${STREAM_LANGUAGES.map((one) => JSON.stringify(one)).join(' or ')}.`,
  )
}

function readForm(inputs: NonNullable<CodeApp['inputs']>): InputField[] {
  const form = appFormSchema.safeParse(inputs)
  if (form.success) return form.data
  const [issue] = form.error.issues
  throw new AppError(`has \`inputs\` that are no form: ${issue ? describeIssue(issue, inputs) : form.error.message}.`)
}
