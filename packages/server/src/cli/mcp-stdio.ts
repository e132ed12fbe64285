import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { createSseReader } from '../models/sse-reader.js'

export interface StdioParts {
  input: Readable
  write(line: string): void
  /** One message to the server, as it speaks streamable HTTP. */
  post(body: string, headers: Record<string, string>): Promise<Response>
}

const SESSION = 'mcp-session-id'
const VERSION = 'io.modelcontextprotocol/protocolVersion'

/** Speaks MCP over lines of text, for programs that start their servers: each line goes to a server, and comes back as one. */
export async function speakOverStdio({ input, write, post }: StdioParts): Promise<void> {
  const open = new Set<Promise<void>>()
  let session: string | undefined

  async function pass(line: string): Promise<void> {
    const message = Object(parse(line)) as { id?: unknown; params?: { _meta?: Record<string, unknown> } }
    const version = message.params?._meta?.[VERSION]
    try {
      const response = await post(line, {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(session !== undefined && { [SESSION]: session }),
        ...(typeof version === 'string' && { 'mcp-protocol-version': version }),
      })
      session ??= response.headers.get(SESSION) ?? undefined
      await tell(response, message.id)
    } catch (thrown) {
      if (message.id === undefined) return // nobody waits for an answer
      const reason = thrown instanceof Error ? thrown.message : String(thrown)
      write(toError(message.id, `The server cannot be reached: ${reason}`))
    }
  }

  async function tell(response: Response, id: unknown): Promise<void> {
    if (response.headers.get('content-type')?.startsWith('text/event-stream') && response.body) {
      const reader = createSseReader()
      const decoder = new TextDecoder()
      for await (const bytes of response.body)
        for (const data of reader.read(decoder.decode(bytes, { stream: true }))) write(data)
      for (const data of reader.end()) write(data)
      return
    }
    const text = await response.text()
    if (text === '' || id === undefined) return
    const answer = Object(parse(text)) as { id?: unknown; error?: { message?: unknown } }
    write(answer.id === id ? text : toError(id, String(answer.error?.message ?? `Status ${response.status}`)))
  }

  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue
    const passing = pass(line).finally(() => open.delete(passing))
    open.add(passing)
    // What follows needs the name the first answer gives to this client.
    if (session === undefined) await passing
  }
  await Promise.allSettled(open)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // the server says so
  }
}

const toError = (id: unknown, message: string) =>
  JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32000, message } })
