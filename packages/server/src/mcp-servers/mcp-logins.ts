import { ParleyError } from '@parley/protocol'
import type { Clock } from '../base/clock.js'
import type { GuardedFetch } from '../base/guarded-fetch.js'
import { randomHex } from '../base/random-id.js'
import type { Vault } from '../base/vault.js'
import type { McpServerRecord, McpServerStore } from '../storage/mcp-server-store.js'
import type { WorkspaceStore } from '../storage/workspace-store.js'
import { McpSetupError } from './guarded-mcp-fetch.js'
import { type KeptLogin, SignIn } from './kept-login.js'

/** What a person brings back from the authorization server. */
export interface ComeBack {
  state: string
  code: string
  /** Who sent them, where it says so. */
  iss?: string | undefined
}

/** Logins at MCP servers, for a whole workspace: OAuth 2.1 with PKCE. Tokens are kept sealed, refreshed, and given back. */
export interface McpLogins {
  /** Finds out who lets people in there. @returns where the person has to go. @throws {ParleyError} `remote_failed` */
  begin(record: McpServerRecord, redirectUrl: string): Promise<string>
  /** @throws {ParleyError} `invalid_request` for what nobody has begun, `remote_failed` */
  finish(workspaceId: string, back: ComeBack): Promise<McpServerRecord>
  /** Gives the tokens back, and forgets them. */
  end(record: McpServerRecord): Promise<McpServerRecord>
  /** A token that is good, to all one knows. @param refused One that the server did not take. @throws {McpSetupError} */
  token(record: McpServerRecord, refused: string | undefined): Promise<string>
  /** What is sealed for a new record, or one with another secret. */
  seal(record: Pick<McpServerRecord, 'workspace_id' | 'id'>, kept: KeptLogin): Promise<string>
  sealAnew(record: McpServerRecord): Promise<boolean>
}

export interface McpLoginParts {
  store: McpServerStore
  /** Of several servers on one database, one gets it until then; see `WorkspaceStore`. */
  takeLease: WorkspaceStore['takeLease']
  vault: Vault
  guardedFetch: GuardedFetch
  clock: Clock
}

const PENDING_MS = 10 * 60_000
/** A token that ends so soon may end on its way. */
const TOO_SOON_MS = 30_000
/** How long a server may take to renew a login, and how often others look whether it has. */
const TURN_MS = 15_000
const LOOK_EVERY_MS = 50

export function createMcpLogins({ store, takeLease, vault, guardedFetch, clock }: McpLoginParts): McpLogins {
  const refreshing = new Map<string, Promise<KeptLogin>>()
  const now = () => clock.now().getTime()
  const after = (ms: number) => new Date(now() + ms).toISOString()
  const fetchFn = (url: string | URL, init: RequestInit = {}) => guardedFetch(url, toGuarded(init))

  const seal: McpLogins['seal'] = (record, kept) => vault.seal(JSON.stringify(kept), placeOf(record))
  const open = async (record: McpServerRecord): Promise<KeptLogin> =>
    record.oauth?.sealed === undefined ? {} : JSON.parse(await vault.open(record.oauth.sealed, placeOf(record))) // sealed above

  /** Puts it where it was read from. `null`: somebody else has put something there meanwhile. */
  async function replace(
    record: McpServerRecord,
    kept: KeptLogin,
    change: Partial<Pick<NonNullable<McpServerRecord['oauth']>, 'connected_at'>> & { isNews?: boolean } = {},
  ): Promise<McpServerRecord | null> {
    const sealed = await seal(record, kept)
    const { isNews, ...fields } = change
    let isOurs = false
    const changed = await store.change(record.workspace_id, record.id, (old) => {
      isOurs = old.oauth?.sealed === record.oauth?.sealed && old.url === record.url
      if (!isOurs) return old
      return { ...old, oauth: { ...old.oauth, ...fields, sealed }, ...(isNews && { updated_at: after(0) }) }
    })
    return isOurs ? changed : null
  }

  function withTokens(kept: KeptLogin): KeptLogin {
    const seconds = kept.tokens?.expires_in
    const { pending: _, expires_at: __, ...rest } = kept
    return { ...rest, ...(seconds !== undefined && { expires_at: after(Number(seconds) * 1000) }) }
  }

  const isGood = ({ tokens, expires_at }: KeptLogin, refused: string | undefined): boolean =>
    tokens !== undefined &&
    tokens.access_token !== refused &&
    (expires_at === undefined || Date.parse(expires_at) - TOO_SOON_MS > now())

  /** A refresh token is good once: of all servers on one database, one goes, and the others wait for what it brings. */
  async function refresh({ workspace_id, id }: McpServerRecord, refused: string | undefined): Promise<KeptLogin> {
    const turn = placeOf({ workspace_id, id })
    for (let waits = 0; ; waits++) {
      const record = await store.load(workspace_id, id)
      const kept = record ? await open(record) : {}
      if (!record || isGood(kept, refused)) return kept // another server was quicker
      const until = after(TURN_MS)
      if (await takeLease(turn, after(0), until)) {
        try {
          return await refreshNow(record, kept)
        } finally {
          await takeLease(turn, until, after(0)) // the turn is over
        }
      }
      if (waits * LOOK_EVERY_MS > TURN_MS)
        throw new McpSetupError(`The login at ${record.name} could not be renewed. Try again.`)
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    }
  }

  async function refreshNow(record: McpServerRecord, kept: KeptLogin): Promise<KeptLogin> {
    const { tokens, client, discovery } = kept
    if (!tokens?.refresh_token || !client || !discovery) throw over(record)
    const { OAuthError, refreshAuthorization } = await import('./oauth-sdk.js')
    const resource = discovery.resourceMetadata?.resource
    try {
      const fresh = await refreshAuthorization(discovery.authorizationServerUrl, {
        metadata: discovery.authorizationServerMetadata,
        clientInformation: client,
        refreshToken: tokens.refresh_token,
        ...(resource !== undefined && { resource: new URL(resource) }),
        fetchFn,
      })
      const renewed = withTokens({ ...kept, tokens: { ...tokens, ...fresh } })
      await replace(record, renewed)
      return renewed
    } catch (thrown) {
      if (thrown instanceof OAuthError) throw over(record)
      throw thrown
    }
  }

  return {
    seal,
    async begin(record, redirectUrl) {
      const { client, ...kept } = await open(record)
      const knowsUs = redirectUrisOf(client)?.includes(redirectUrl) ?? record.oauth?.client_id !== undefined
      const nonce = randomHex(32)
      const { discovery: _, ...begun } = kept
      const signIn = new SignIn({
        kept: { ...begun, ...(knowsUs && client && { client }) },
        clientId: record.oauth?.client_id,
        scope: record.oauth?.scope,
        redirectUrl,
        state: `${nonce}.${record.id}`,
      })
      await asked(() =>
        talk(signIn, { serverUrl: record.url, scope: record.oauth?.scope, forceReauthorization: true, fetchFn }),
      )
      const { authorizationUrl, verifier } = signIn
      if (!authorizationUrl || !verifier || !/^https?:$/.test(authorizationUrl.protocol))
        throw new ParleyError('remote_failed', 'The server does not say where people sign in.')
      const pending = { nonce, verifier, redirect_url: redirectUrl, until: after(PENDING_MS) }
      if (!(await replace(record, { ...signIn.parts.kept, pending })))
        throw new ParleyError('conflict', 'Somebody else changed this server just now. Try again.')
      return authorizationUrl.href
    },
    async finish(workspaceId, { state, code, iss }) {
      const [nonce, id = ''] = splitState(state)
      const record = await store.load(workspaceId, id)
      const { pending, ...kept } = record ? await open(record) : {}
      if (!record || !pending || pending.nonce !== nonce || Date.parse(pending.until) < now()) throw unknownSignIn()
      const claimed = await replace(record, kept) // a state is good once
      if (!claimed) throw unknownSignIn()
      const signIn = new SignIn({
        kept,
        clientId: record.oauth?.client_id,
        scope: record.oauth?.scope,
        redirectUrl: pending.redirect_url,
        state,
      })
      signIn.verifier = pending.verifier
      await asked(() =>
        talk(signIn, { serverUrl: record.url, authorizationCode: code, ...(iss !== undefined && { iss }), fetchFn }),
      )
      const done = await replace(claimed, withTokens(signIn.parts.kept), { connected_at: after(0), isNews: true })
      if (!done) throw unknownSignIn()
      return done
    },
    async end(record) {
      const { tokens, expires_at: _, pending: __, ...kept } = await open(record)
      if (tokens) await revoke(kept, tokens, guardedFetch)
      const sealed = await seal(record, kept)
      const changed = await store.change(record.workspace_id, record.id, ({ oauth, ...old }) => {
        const { connected_at: _, ...rest } = oauth ?? {}
        return { ...old, oauth: { ...rest, sealed }, updated_at: after(0) }
      })
      return changed ?? record
    },
    async token(record, refused) {
      let kept = await open(record)
      if (!isGood(kept, refused)) {
        if (!kept.tokens) throw new McpSetupError('Nobody has signed in there. Connect it first.')
        const place = placeOf(record)
        const running = refreshing.get(place) ?? refresh(record, refused).finally(() => refreshing.delete(place))
        refreshing.set(place, running)
        kept = await running
      }
      if (!kept.tokens) throw over(record)
      return kept.tokens.access_token
    },
    async sealAnew(record) {
      if (record.oauth?.sealed === undefined || !vault.isOld(record.oauth.sealed)) return false
      return (await replace(record, await open(record))) !== null
    },
  }
}

/** What is sealed is worth nothing in another row. */
const placeOf = ({ workspace_id, id }: Pick<McpServerRecord, 'workspace_id' | 'id'>) =>
  JSON.stringify(['mcp_login', workspace_id, id])

/** Ids have dots, a nonce has none. */
function splitState(state: string): [string, string?] {
  const dot = state.indexOf('.')
  return dot < 0 ? [state] : [state.slice(0, dot), state.slice(dot + 1)]
}

const redirectUrisOf = (client: object | undefined): string[] | undefined =>
  client && 'redirect_uris' in client && Array.isArray(client.redirect_uris) ? client.redirect_uris : undefined

async function talk(signIn: SignIn, options: Parameters<typeof import('./oauth-sdk.js').auth>[1]): Promise<void> {
  const { auth } = await import('./oauth-sdk.js')
  await auth(signIn, options)
}

/** What went wrong at the other side, in words for whoever sets the server up. */
async function asked(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (cause) {
    if (cause instanceof ParleyError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ParleyError('remote_failed', `The sign-in failed: ${reason.slice(0, 500)}`, { cause })
  }
}

/** Best effort: whether the other side hears it or not, they are forgotten here. */
async function revoke(
  { discovery, client }: KeptLogin,
  tokens: NonNullable<KeptLogin['tokens']>,
  fetch: GuardedFetch,
): Promise<void> {
  const { revocation_endpoint: endpoint } = Object(discovery?.authorizationServerMetadata) as Record<string, unknown>
  if (typeof endpoint !== 'string' || !client) return
  const body = new URLSearchParams({ token: tokens.refresh_token ?? tokens.access_token, client_id: client.client_id })
  if (client.client_secret) body.set('client_secret', client.client_secret)
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  await fetch(endpoint, { method: 'POST', headers, body: body.toString() }).catch(() => undefined)
}

function toGuarded({ method, headers, body, signal }: RequestInit): NonNullable<Parameters<GuardedFetch>[1]> {
  const sent = new Headers(headers)
  if (body instanceof URLSearchParams && !sent.has('content-type'))
    sent.set('content-type', 'application/x-www-form-urlencoded')
  return {
    headers: sent,
    ...(method !== undefined && { method }),
    ...(body != null && { body: String(body) }),
    ...(signal && { signal }),
    maxBytes: 1024 * 1024,
  }
}

const unknownSignIn = () =>
  new ParleyError(
    'invalid_request',
    'state: nobody has begun this sign-in, or it was too long ago. Connect once more.',
    {
      details: { param: 'state' },
    },
  )

const over = ({ name }: Pick<McpServerRecord, 'name'>) =>
  new McpSetupError(`The login at ${name} has ended. Connect it again.`)
