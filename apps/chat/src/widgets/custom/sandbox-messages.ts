/**
 * What a page in a sandbox may ask of the chat: to be as high as it is, an action, a link to be offered. Two more
 * languages say the same: MCP Apps (JSON-RPC, 2026-01-26) and MCP-UI, which came before it. Everything else is refused.
 */
import { ACTION, LINK, SIZE } from '../../sandbox/protocol.js'
import { isRecord, lookUp, numberOf, textOf } from '../values/read.js'

export interface SandboxHost {
  resize(height: number): void
  /** Waits for the person where it is not sure that they want it. @throws when nobody touched anything, or it fails */
  act(action: { type: string; payload?: unknown }): Promise<void>
  /** Shows where the link leads; the person decides. */
  offerLink(url: string): void
  /** The surroundings, as MCP Apps' `HostContext`. */
  context(): Record<string, unknown>
  /** The page is ready for its data. */
  ready(): void
}

type Params = Record<string, unknown>

/** MCP Apps' requests and notifications. */
const METHODS: Record<string, (host: SandboxHost, params: Params) => unknown> = {
  ping: () => ({}),
  'ui/initialize': (host) => ({
    protocolVersion: '2026-01-26',
    hostInfo: { name: 'parley', version: '1' },
    hostCapabilities: { openLinks: {}, serverTools: {} },
    hostContext: host.context(),
  }),
  'ui/notifications/initialized': (host) => host.ready(),
  'ui/notifications/size-changed': (host, params) => resize(host, params),
  'ui/open-link': (host, { url }) => {
    host.offerLink(String(url))
    return {}
  },
  'ui/request-display-mode': () => ({ mode: 'inline' }),
  'tools/call': async (host, { name, arguments: given }) => {
    await host.act({ type: 'mcp.tool', payload: { name, arguments: given ?? {} } })
    return { content: [] }
  },
}

/** MCP-UI's messages, and those of the sandbox itself. */
const TYPES: Record<string, (host: SandboxHost, message: Params) => unknown> = {
  [SIZE]: (host, message) => resize(host, message),
  [ACTION]: (host, { action }) => (isRecord(action) ? host.act({ ...action, type: String(action.type) }) : undefined),
  [LINK]: (host, { url }) => host.offerLink(String(url)),
  'ui-lifecycle-iframe-ready': (host) => host.ready(),
  'ui-size-change': (host, { payload }) => resize(host, payload),
  link: (host, { payload }) => host.offerLink(String(isRecord(payload) ? payload.url : '')),
  tool: (host, { payload }) =>
    isRecord(payload) &&
    host.act({ type: 'mcp.tool', payload: { name: payload.toolName, arguments: payload.params ?? {} } }),
  intent: (host, { payload }) =>
    isRecord(payload) && host.act({ type: 'mcp.intent', payload: { intent: payload.intent, params: payload.params } }),
}

/** Carries out one message. The answer to it, if it wants one. */
export async function answerMessage(message: unknown, host: SandboxHost): Promise<object | undefined> {
  if (!isRecord(message)) return undefined
  if (message.jsonrpc !== '2.0') {
    const answer = Promise.resolve(lookUp(TYPES, message.type)?.(host, message))
    return answer.then(
      () => undefined,
      () => undefined, // these languages have no word for a refusal
    )
  }
  const { id, method, params } = message
  const wantsAnswer = typeof id === 'string' || typeof id === 'number'
  const answerer = lookUp(METHODS, method)
  const head = { jsonrpc: '2.0', id }
  if (!answerer) return wantsAnswer ? { ...head, error: { code: -32601, message: 'Not offered here.' } } : undefined
  try {
    const result = await answerer(host, isRecord(params) ? params : {})
    return wantsAnswer ? { ...head, result } : undefined
  } catch (error) {
    const text = error instanceof Error ? error.message : 'Refused.'
    return wantsAnswer ? { ...head, error: { code: -32000, message: text } } : undefined
  }
}

function resize(host: SandboxHost, size: unknown): void {
  const height = isRecord(size) ? (numberOf(size.height) ?? Number.parseFloat(textOf(size.height) ?? '')) : Number.NaN
  if (Number.isFinite(height)) host.resize(height)
}
