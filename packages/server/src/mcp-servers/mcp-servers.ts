import { type Page, ParleyError } from '@parley/protocol'
import { type McpPlace, openMcpServer } from '../agents/mcp/mcp-server.js'
import type { ListedTool } from '../agents/mcp/mcp-tool.js'
import type { SteadyServer } from '../agents/mcp/steady-server.js'
import type { Clock } from '../base/clock.js'
import type { GuardedFetch } from '../base/guarded-fetch.js'
import type { Log } from '../base/log.js'
import { randomId } from '../base/random-id.js'
import { recentlyChecked } from '../base/recently-checked.js'
import type { ToolSecrets } from '../base/tool-secrets.js'
import type { Vault } from '../base/vault.js'
import { listBehind } from '../storage/list-behind.js'
import type { McpServerRecord, McpServerStore } from '../storage/mcp-server-store.js'
import type { PageQuery } from '../storage/store.js'
import { type GuardedMcpFetch, guardedMcpFetch } from './guarded-mcp-fetch.js'
import { type ComeBack, createMcpLogins, type McpLoginParts } from './mcp-logins.js'

export type { McpServerRecord } from '../storage/mcp-server-store.js'

/** A server that comes with the settings: all workspaces may use it, and none can change it. */
export type GivenMcpServer = { id: string; timeoutMs?: number | undefined } & McpPlace

export type AnyMcpServer = { given: GivenMcpServer } | { stored: McpServerRecord }

/** What a new server is made of. */
export interface NewMcpServer
  extends Pick<McpServerRecord, 'name' | 'url'>,
    Partial<Pick<McpServerRecord, 'headers' | 'timeout_seconds'>> {
  /** Absent: a new one. */
  id?: string | undefined
  oauth?: LoginSettings | undefined
}

/** How people sign in at a server; what is absent the server is asked for. */
export interface LoginSettings {
  client_id?: string | undefined
  client_secret?: string | undefined
  scope?: string | undefined
}

/** What changes about one; what is absent stays, `null` clears. */
export interface McpServerChange {
  name?: string | undefined
  url?: string | undefined
  headers?: Record<string, string> | null | undefined
  timeout_seconds?: number | null | undefined
  /** Another one is another login: somebody has to sign in anew. */
  oauth?: LoginSettings | null | undefined
}

/** The MCP servers whose tools apps of workspaces may have. */
export interface McpServers {
  /** Those of the settings came first. */
  list(workspaceId: string, page: PageQuery): Promise<Page<AnyMcpServer>>
  /** @throws {ParleyError} `not_found` */
  load(workspaceId: string, id: string): Promise<AnyMcpServer>
  /** @throws {ParleyError} `conflict` */
  create(workspaceId: string, server: NewMcpServer): Promise<McpServerRecord>
  /** @throws {ParleyError} `not_found`; `conflict` for one of the settings */
  change(workspaceId: string, id: string, change: McpServerChange): Promise<McpServerRecord>
  /** Apps that name it answer without its tools. @throws {ParleyError} as `change` */
  delete(workspaceId: string, id: string): Promise<void>
  /** For the runs of an app. @throws {ParleyError} `not_found` */
  open(workspaceId: string, id: string): Promise<SteadyServer>
  /** What it offers now, or why it cannot be reached. @throws {ParleyError} `not_found` */
  test(workspaceId: string, id: string): Promise<{ tools: ListedTool[]; problem?: string }>
  /** Lets a person sign in there for the workspace. @returns where they have to go. @throws {ParleyError} `remote_failed` and as `change` */
  connect(workspaceId: string, id: string, redirectUrl: string): Promise<string>
  /** The person is back. @throws {ParleyError} `invalid_request` or `remote_failed` */
  finishConnect(workspaceId: string, back: ComeBack): Promise<McpServerRecord>
  /** Gives the login back. @throws {ParleyError} as `change` */
  disconnect(workspaceId: string, id: string): Promise<McpServerRecord>
  /** Seals with the newest key what was sealed with an older one. @returns how many */
  sealAnew(): Promise<number>
  /** Ends all connections and programs. */
  close(): Promise<void>
}

export interface McpServerParts {
  store: McpServerStore
  /** Of several servers on one database, one renews a login. */
  takeLease: McpLoginParts['takeLease']
  vault: Vault
  given?: readonly GivenMcpServer[] | undefined
  secretsOf(workspaceId: string): ToolSecrets
  /** A workspace names the address: it reaches what the operator allows, and nothing else. */
  guardedFetch: GuardedFetch
  clock: Clock
  log: Log
}

interface Connection {
  server: Promise<SteadyServer>
  /** What it was opened for: a server that was changed is another one. */
  version: string
  usedAt: number
}

const CALL_SECONDS = 60
/** Longer than any call: what nobody has used for so long is closed. */
const IDLE_MS = 30 * 60_000
/** A person looks at a list of tools longer than an answer waits for it. */
const TEST_PATIENCE_MS = 15_000

export function createMcpServers(parts: McpServerParts): McpServers {
  const { store, given = [], secretsOf, guardedFetch, clock, log } = parts
  const logins = createMcpLogins(parts)
  const recent = recentlyChecked<{ id: string; record: McpServerRecord }>(clock)
  const connections = new Map<string, Connection>()
  const now = () => clock.now().toISOString()
  const givenOf = (id: string) => given.find((one) => one.id === id)

  async function load(workspaceId: string, id: string): Promise<AnyMcpServer> {
    const known = givenOf(id)
    if (known) return { given: known }
    const place = placeOf(workspaceId, id)
    const found = await recent.find(place, async () => {
      const record = await store.load(workspaceId, id)
      return record && { id: place, record }
    })
    return found ? { stored: found.record } : missing(id)
  }

  function drop(place: string): void {
    const connection = connections.get(place)
    connections.delete(place)
    void connection?.server.then((server) => server.close()).catch(() => undefined) // it is gone already
  }

  /** One connection for all runs that use the server as it is now. */
  function connectionTo(place: string, version: string, connect: () => Promise<SteadyServer>): Promise<SteadyServer> {
    const usedAt = clock.now().getTime()
    for (const [other, { usedAt: last }] of connections) if (usedAt - last > IDLE_MS) drop(other)
    const known = connections.get(place)
    if (known?.version === version) {
      known.usedAt = usedAt
      return known.server
    }
    drop(place)
    const server = connect()
    connections.set(place, { server, version, usedAt })
    return server
  }

  async function open(workspaceId: string, id: string): Promise<SteadyServer> {
    const found = await load(workspaceId, id)
    if ('given' in found) {
      const { id: name, ...place } = found.given
      return connectionTo(placeOf('', name), '', () => openMcpServer({ name, ...place }, { log }))
    }
    const record = found.stored
    return connectionTo(placeOf(workspaceId, id), record.updated_at, () => {
      const { fetch, failure, conceal } = requestsOf(record)
      const { name, url } = record
      return openMcpServer({ name, url, timeoutMs: timeoutOf(record) }, { log, fetch, explain: failure, conceal })
    })
  }

  function requestsOf(record: McpServerRecord): GuardedMcpFetch {
    return guardedMcpFetch({
      guardedFetch,
      url: new URL(record.url),
      headers: record.headers ?? {},
      secrets: secretsOf(record.workspace_id),
      timeoutMs: timeoutOf(record),
      async token(refused) {
        const found = await load(record.workspace_id, record.id)
        const hasLogin = 'stored' in found && found.stored.oauth?.connected_at !== undefined
        return hasLogin ? logins.token(found.stored, refused) : undefined
      },
    })
  }

  /** The record of the moment, which the workspace may change. */
  async function own(workspaceId: string, id: string): Promise<McpServerRecord> {
    assertNotGiven(givenOf(id))
    return (await store.load(workspaceId, id)) ?? missing(id)
  }

  async function loginOf(
    record: Pick<McpServerRecord, 'workspace_id' | 'id'>,
    { client_secret, client_id, scope }: LoginSettings,
  ): Promise<NonNullable<McpServerRecord['oauth']>> {
    return {
      ...(client_id !== undefined && { client_id }),
      ...(scope !== undefined && { scope }),
      ...(client_secret !== undefined && { sealed: await logins.seal(record, { client_secret }) }),
    }
  }

  return {
    list: (workspaceId, page) =>
      listBehind(
        given.map((one): AnyMcpServer => ({ given: one })),
        page,
        { idOf, load: async (part) => toStored(await store.list(workspaceId, part)) },
      ),
    load,
    async create(workspaceId, { id = randomId('mcp'), name, url, headers, timeout_seconds, oauth }) {
      assertNotGiven(givenOf(id))
      const record: McpServerRecord = {
        id,
        workspace_id: workspaceId,
        name,
        url,
        ...(headers && { headers }),
        ...(timeout_seconds !== undefined && { timeout_seconds }),
        ...(oauth && { oauth: await loginOf({ workspace_id: workspaceId, id }, oauth) }),
        created_at: now(),
        updated_at: now(),
      }
      await store.add(record)
      return record
    },
    async change(workspaceId, id, change) {
      assertNotGiven(givenOf(id))
      const { oauth } = change
      const login = oauth && (await loginOf({ workspace_id: workspaceId, id }, oauth))
      const changed = await store.change(workspaceId, id, (old) =>
        withLogin(withChange(old, change, now()), oauth === undefined ? loginAt(old, change.url) : login),
      )
      recent.forget(placeOf(workspaceId, id))
      return changed ?? missing(id)
    },
    async delete(workspaceId, id) {
      assertNotGiven(givenOf(id))
      if (!(await store.delete(workspaceId, id))) missing(id)
      recent.forget(placeOf(workspaceId, id))
      drop(placeOf(workspaceId, id))
    },
    open,
    async test(workspaceId, id) {
      const server = await open(workspaceId, id)
      try {
        return { tools: await server.listNow(TEST_PATIENCE_MS) }
      } catch (thrown) {
        return { tools: [], problem: server.explain(thrown) }
      }
    },
    async connect(workspaceId, id, redirectUrl) {
      const record = await own(workspaceId, id)
      const url = await logins.begin(record, redirectUrl)
      recent.forget(placeOf(workspaceId, id))
      return url
    },
    async finishConnect(workspaceId, back) {
      const record = await logins.finish(workspaceId, back)
      recent.forget(placeOf(workspaceId, record.id))
      return record
    },
    async disconnect(workspaceId, id) {
      const record = await logins.end(await own(workspaceId, id))
      recent.forget(placeOf(workspaceId, id))
      return record
    },
    async sealAnew() {
      let count = 0
      for (const record of await store.every()) if (await logins.sealAnew(record)) count += 1
      return count
    },
    async close() {
      const open = [...connections.values()]
      connections.clear()
      await Promise.allSettled(open.map(async ({ server }) => (await server).close()))
    },
  }
}

const timeoutOf = ({ timeout_seconds = CALL_SECONDS }: McpServerRecord) => timeout_seconds * 1000

/** What is left out stays; `null` clears. */
function withChange(old: McpServerRecord, { name, url, headers, timeout_seconds }: McpServerChange, now: string) {
  const { headers: oldHeaders, timeout_seconds: oldTimeout, ...rest } = old
  const newHeaders = headers === undefined ? oldHeaders : headers
  const newTimeout = timeout_seconds === undefined ? oldTimeout : timeout_seconds
  return {
    ...rest,
    ...(name !== undefined && { name }),
    ...(url !== undefined && { url }),
    ...(newHeaders && { headers: newHeaders }),
    ...(newTimeout != null && { timeout_seconds: newTimeout }),
    updated_at: now,
  }
}

/** A login is for one address: at another one somebody has to sign in anew. */
function loginAt({ url, oauth }: McpServerRecord, newUrl: string | undefined): McpServerRecord['oauth'] {
  if (!oauth || newUrl === undefined || newUrl === url) return oauth
  const { client_id, scope } = oauth
  return { ...(client_id !== undefined && { client_id }), ...(scope !== undefined && { scope }) }
}

function withLogin({ oauth: _, ...record }: McpServerRecord, oauth: McpServerRecord['oauth'] | null): McpServerRecord {
  return { ...record, ...(oauth && { oauth }) }
}

const idOf = (server: AnyMcpServer) => ('given' in server ? server.given.id : server.stored.id)

const toStored = ({ data, ...page }: Page<McpServerRecord>): Page<AnyMcpServer> => ({
  ...page,
  data: data.map((stored) => ({ stored })),
})

/** What is sealed is worth nothing in another row. */
const placeOf = (workspaceId: string, id: string) => JSON.stringify(['mcp_server', workspaceId, id])

function assertNotGiven(given: GivenMcpServer | undefined): void {
  if (given)
    throw new ParleyError(
      'conflict',
      `"${given.id}" comes with the settings of this server and cannot be changed here.`,
      {
        details: { param: 'id' },
      },
    )
}

function missing(id: string): never {
  throw new ParleyError('not_found', `There is no MCP server "${id}" here.`)
}
