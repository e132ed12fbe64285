import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { GivenMcpServer } from '../mcp-servers/mcp-servers.js'
import { SettingsError } from '../node/settings.js'

const common = { timeout: z.number().min(1).max(3600).optional() }

/** As other programs write it, so that a file can be copied: Claude Desktop, Cursor, VS Code. */
const serverSchema = z.union([
  z.strictObject({
    ...common,
    type: z.literal('stdio').optional(),
    command: z.string().min(1),
    args: z.array(z.string()).optional(),
    env: z.record(z.string(), z.string()).optional(),
    cwd: z.string().optional(),
  }),
  z.strictObject({
    ...common,
    type: z.enum(['http', 'streamable-http', 'streamableHttp']).optional(),
    url: z.string(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
])

const fileSchema = z.strictObject({
  mcpServers: z.record(z.string().regex(/^[A-Za-z0-9][\w.-]{0,99}$/), serverSchema),
})

/**
 * Reads the file that names the MCP servers of this machine and of its operator. `${NAME}` stands for a variable of the
 * environment. @throws {SettingsError}
 */
export function openMcpServers(path: string | undefined, env: Record<string, string | undefined>): GivenMcpServer[] {
  if (path === undefined) return []
  const parsed = fileSchema.safeParse(read(path))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw wrong(`${path} cannot be used: at ${issue?.path.join('.') || 'its beginning'}: ${issue?.message}. ${EXAMPLE}`)
  }
  return Object.entries(parsed.data.mcpServers).map(([id, { type: _, timeout, ...server }]) => {
    const place = filled(server, { env, where: `${path}, ${id}` })
    if ('url' in place && !(URL.canParse(place.url) && /^https?:/.test(place.url)))
      throw wrong(`${path}, ${id}: url must be a full address, for example https://docs.example.com/mcp.`)
    return { id, ...place, ...(timeout !== undefined && { timeoutMs: timeout * 1000 }) }
  })
}

function read(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw wrong(`There is no file ${path} that can be read. ${EXAMPLE}`)
  }
  try {
    return JSON.parse(text)
  } catch (thrown) {
    throw wrong(`${path} is no JSON: ${thrown instanceof Error ? thrown.message : ''}`)
  }
}

/** Puts variables in, wherever there is text. */
function filled<Value>(value: Value, given: { env: Record<string, string | undefined>; where: string }): Value {
  if (typeof value === 'string')
    return value.replace(/\$\{(\w+)\}/g, (_, name: string) => {
      const found = given.env[name]
      if (found === undefined) throw wrong(`${given.where}: the variable ${name} is not set.`)
      return found
    }) as Value
  if (Array.isArray(value)) return value.map((one) => filled(one, given)) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one, given)])) as Value
}

const EXAMPLE = 'It looks like this: {"mcpServers":{"files":{"command":"npx","args":["-y","some-server"]}}}'

const wrong = (message: string) => new SettingsError([`PARLEY_MCP_SERVERS: ${message}`])
