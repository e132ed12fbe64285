import type { CallToolResultContent, MCPCallToolOptions, MCPServer } from '@openai/agents-core'
import type { Log } from '../../base/log.js'

export interface SteadyOptions {
  log: Log
  /** How long an answer waits for the server's list of tools. */
  patienceMs?: number | undefined
  /** How long a server that could not be reached is left alone. */
  restMs?: number | undefined
}

type ListedTools = Awaited<ReturnType<MCPServer['listTools']>>

const PATIENCE_MS = 5_000
const REST_MS = 10_000

/**
 * An MCP server that no answer waits for: it is connected when its tools are first asked for, and again when the
 * connection broke; while it cannot be reached it just has no tools. Each run asks for the list, so a broken connection
 * is found there, where asking twice does no harm. Calls are never repeated: who knows what the first one did.
 */
export class SteadyServer implements MCPServer {
  readonly cacheToolsList = false
  #connecting: Promise<void> | undefined
  #restsUntil = 0

  constructor(
    readonly server: MCPServer,
    readonly options: SteadyOptions,
  ) {}

  get name(): string {
    return this.server.name
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
    const reason = error instanceof Error ? error.message : String(error)
    return `The call failed at the server "${this.name}": ${reason}`
  }

  async listTools(): Promise<ListedTools> {
    const { log, patienceMs = PATIENCE_MS, restMs = REST_MS } = this.options
    if (Date.now() < this.#restsUntil) return []
    try {
      return await within(patienceMs, this.#list())
    } catch (thrown) {
      this.#restsUntil = Date.now() + restMs
      const error = thrown instanceof Error ? thrown.message : String(thrown)
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
