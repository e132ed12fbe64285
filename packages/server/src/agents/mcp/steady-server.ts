import type { CallToolResult, CallToolResultContent, MCPCallToolOptions, MCPServer } from '@openai/agents-core'
import type { Log } from '../../base/log.js'

export interface SteadyOptions {
  log: Log
  /** How long an answer waits for the server's list of tools. */
  patienceMs?: number | undefined
  /** How long a server that could not be reached is left alone. */
  restMs?: number | undefined
  /** What is known of a failure beside what was thrown. */
  explain?: ((thrown: unknown) => string | undefined) | undefined
  /** Takes out of a result what no model may read. */
  conceal?: ((text: string) => string) | undefined
}

type ListedTools = Awaited<ReturnType<MCPServer['listTools']>>

const PATIENCE_MS = 5_000
const REST_MS = 10_000
/** Some say all that is wrong with an answer, line by line. */
const LONGEST_REASON = 1000

/**
 * An MCP server that no answer waits for: it is connected when its tools are first asked for, and again when the
 * connection broke; while it cannot be reached it just has no tools. Each run asks for the list, so a broken connection
 * is found there, where asking twice does no harm. Calls are never repeated: who knows what the first one did.
 */
export class SteadyServer implements MCPServer {
  readonly cacheToolsList = false
  #connecting: Promise<void> | undefined
  #restsUntil = 0
  #problem: string | undefined

  constructor(
    readonly server: MCPServer,
    readonly options: SteadyOptions,
  ) {}

  get name(): string {
    return this.server.name
  }
  /** Why it could not be reached when it was last asked; absent when it could. */
  get problem(): string | undefined {
    return this.#problem
  }
  get toolFilter() {
    return this.server.toolFilter
  }
  get toolMetaResolver() {
    return this.server.toolMetaResolver
  }
  get customDataExtractor() {
    return this.server.customDataExtractor
  }
  get toolInputGuardrails() {
    return this.server.toolInputGuardrails
  }
  get toolOutputGuardrails() {
    return this.server.toolOutputGuardrails
  }
  get useStructuredContent() {
    return this.server.useStructuredContent
  }

  /** What the model reads when a call failed. */
  errorFunction = ({ error }: { error: unknown }): string => {
    return `The call failed at the server "${this.name}": ${this.explain(error)}`
  }

  /** Why something failed, in words. */
  explain(thrown: unknown): string {
    const reason = this.options.explain?.(thrown) ?? (thrown instanceof Error ? thrown.message : String(thrown))
    return this.conceal(reason.slice(0, LONGEST_REASON))
  }

  conceal(text: string): string {
    return this.options.conceal?.(text) ?? text
  }

  async listTools(): Promise<ListedTools> {
    const { log, patienceMs = PATIENCE_MS, restMs = REST_MS } = this.options
    if (Date.now() < this.#restsUntil) return []
    try {
      const tools = await within(patienceMs, this.#list())
      this.#problem = undefined
      return tools
    } catch (thrown) {
      this.#restsUntil = Date.now() + restMs
      const error = this.explain(thrown)
      this.#problem = error
      log.warn('An MCP server cannot be reached: the agent answers without its tools.', { server: this.name, error })
      return []
    }
  }

  /** What was connected may have broken since: that is worth a second try. */
  async #list(): Promise<ListedTools> {
    const wasConnected = this.#connecting !== undefined
    try {
      await this.connect()
      return await this.server.listTools()
    } catch (thrown) {
      this.#connecting = undefined
      await this.server.close().catch(() => undefined) // it is broken already
      if (!wasConnected) throw thrown
      await this.connect()
      return this.server.listTools()
    }
  }

  connect(): Promise<void> {
    this.#connecting ??= this.server.connect().catch((thrown: unknown) => {
      this.#connecting = undefined
      throw thrown
    })
    return this.#connecting
  }

  async callTool(
    name: string,
    args: Record<string, unknown> | null,
    meta?: Record<string, unknown> | null,
    options?: MCPCallToolOptions,
  ): Promise<CallToolResultContent> {
    await this.connect()
    return this.server.callTool(name, args, meta, options)
  }

  /** The whole result, which every server of the SDK's can give. */
  async callToolResult(
    name: string,
    args: Record<string, unknown> | null,
    meta?: Record<string, unknown> | null,
    options?: MCPCallToolOptions,
  ): Promise<CallToolResult> {
    await this.connect()
    if (this.server.callToolResult) return this.server.callToolResult(name, args, meta, options)
    return { content: await this.server.callTool(name, args, meta, options) }
  }

  /** Lists the tools now, whatever came before. @throws why it cannot be reached */
  async listNow(patienceMs: number): Promise<ListedTools> {
    const tools = await within(patienceMs, this.#list())
    this.#restsUntil = 0
    this.#problem = undefined
    return tools
  }

  invalidateToolsCache(): Promise<void> {
    return this.server.invalidateToolsCache()
  }

  async close(): Promise<void> {
    if (!this.#connecting) return
    this.#connecting = undefined
    await this.server.close()
  }
}

/** @throws when it takes longer; what was begun goes on unheard. */
function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout>
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new McpTimeout(ms)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

class McpTimeout extends Error {
  override readonly name = 'McpTimeout'
  constructor(ms: number) {
    super(`It did not answer within ${ms / 1000} s.`)
  }
}
