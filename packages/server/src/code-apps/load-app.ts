import { agentApp } from '../agents/agent-runnable.js'
import type { AnyAgent } from '../agents/thread-history.js'
import type { Caller } from '../app/caller.js'
import type { Log } from '../base/log.js'
import { type ChatKitHooks, runnableOf } from '../chatkit-server/hooks.js'
import type { ModelSource } from '../models/model-source.js'
import type { Runnable } from '../runnable/runnable.js'
import { hostedTools } from './agent-builder/hosted-tools.js'
import type { ModelMap } from './agent-builder/model-map.js'
import { type Doubt, readExport } from './agent-builder/read-export.js'
import { type RunWorkflow, workflowApp } from './agent-builder/workflow-app.js'
import { AppError } from './app-error.js'
import type { CodeApp } from './define-app.js'
import { loadModule, readSource } from './load-module.js'
import { mcpOf } from './mcp-of-app.js'
import { knowledgeOf, ownModules, workflowModules } from './own-modules.js'

/** An app as it was read from its file. */
export interface LoadedApp {
  app: Runnable<Caller>
  aliases: string[]
  /** What may work differently here than where the file comes from. */
  doubts: Doubt[]
  /** Ends what it has opened, e.g. MCP servers. */
  close(): Promise<unknown>
}

export interface LoadAppOptions {
  folder: string
  models: ModelSource
  modelMap: ModelMap
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
    return { app, aliases: workflowId ? [workflowId] : [], doubts, close: tools.close }
  }
  const module = await loadModule(file, { ...options, own: await ownModules() })
  const described = describedIn(module)
  const mcp = 'agent' in described ? mcpOf(described, log) : undefined
  return {
    app: runnable(described, models, mcp?.complete),
    aliases: described.aliases ?? [],
    doubts: [],
    close: async () => mcp?.close(),
  }
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

function runnable(
  described: CodeApp,
  models: ModelSource,
  complete: (agent: AnyAgent) => Promise<AnyAgent> = async (agent) => agent,
): Runnable<Caller> {
  if ('respond' in described) return runnableOf(described, described.onDisconnect)
  const { agent, choices, historyLimit, maxTurns, steps, onDisconnect, action } = described
  return agentApp<Caller>({
    agent: async (context) => complete(typeof agent === 'function' ? await agent(context) : agent),
    models,
    choices,
    historyLimit,
    maxTurns,
    steps,
    onDisconnect,
    ...(action && {
      action: (run, given, sender) => action(run.thread, given, sender, run.context, run),
    }),
  })
}
