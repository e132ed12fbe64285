import { fileURLToPath } from 'node:url'
import { configuredAgents } from '../agents/configured-agent.js'
import { makeQuestions } from '../agents/make-questions.js'
import type { Toolkit } from '../agents/tools/toolkit.js'
import { createParley } from '../app/create-parley.js'
import type { ParleyOptions } from '../app/parley.js'
import { auditLog } from '../auth/admin-audit.js'
import { API_KEY_SCOPES, type GivenApiKey } from '../auth/api-keys.js'
import { developmentAuthentication } from '../auth/development.js'
import { DEFAULT_WORKSPACE, jwtAuthentication } from '../auth/jwt.js'
import type { Authenticate } from '../auth/principal.js'
import { sessionsOnly } from '../auth/sessions-only.js'
import { systemClock } from '../base/clock.js'
import type { Log } from '../base/log.js'
import { observers } from '../base/observer.js'
import { requestLog } from '../base/request-log.js'
import { serverFigures } from '../base/server-figures.js'
import { toolSecrets } from '../base/tool-secrets.js'
import { createVault } from '../base/vault.js'
import type { AppReport } from '../code-apps/app-folder.js'
import { encodeError } from '../dialects/chatkit/index.js'
import { userFacts } from '../facts/user-facts.js'
import { memoryRateLimiter } from '../http/rate-limits/memory-rate-limiter.js'
import { documentReader } from '../knowledge/documents/document-reader.js'
import { createKnowledgeBases } from '../knowledge/knowledge-bases.js'
import { createLogin, type Login, loginRoutes, loginSession } from '../login/index.js'
import { createMcpServers } from '../mcp-servers/mcp-servers.js'
import { resolveModels } from '../models/model-settings.js'
import type { ModelSource } from '../models/model-source.js'
import { nodeGuardedFetch } from '../node/guarded-fetch.js'
import { type Listener, listen } from '../node/listen.js'
import { createModelTransport } from '../node/model-transport.js'
import { isLoopback, type Settings } from '../node/settings.js'
import { webRoutes } from '../node/web-routes.js'
import { createProviders } from '../providers/providers.js'
import { createSecrets } from '../secrets/secrets.js'
import { adminLink } from './admin-link.js'
import { openDataDir } from './data-dir.js'
import { endAtOnce } from './end-at-once.js'
import { encryptionKeys, keptKey, loginSecret } from './kept-key.js'
import { openKnownApps } from './open-apps.js'
import { openMcpServers } from './open-mcp-servers.js'
import { openMetrics } from './open-metrics.js'
import { openFiles, openStore } from './open-storage.js'
import { openToolkit } from './open-toolkit.js'
import { openKeptTraces, openTracing } from './open-tracing.js'

/** A server that is up. */
export interface Served {
  url: string
  models: ModelSource
  /** What was read of the apps folder; absent when there is none. */
  apps?: { path: string; report: AppReport[] }
  /** How many answers a crash had cut off. */
  swept: number
  /** Where the first owner makes an account; absent once there is one. */
  firstLink?: string
  /** Refuses new runs, lets answers end for `graceMs`, keeps what the rest have written and tells their readers, then stops. */
  close(graceMs: number): Promise<void>
}

/** The program that reads documents, built beside the command. */
const DOCUMENT_READER = fileURLToPath(new URL('read-document.cjs', import.meta.url))

/** How long readers may take for the end of what they read. */
const LAST_WORDS_MS = 1_000

/** Starts everything the settings name. `webFolder`: the chat's browser files, as built. */
export async function serve(settings: Settings, webFolder: string, log: Log): Promise<Served> {
  let listener: Listener | undefined
  const metrics = openMetrics(settings, () => listener?.connections() ?? 0, log)
  const figures = serverFigures(new Date(), () => listener?.connections() ?? 0)
  const observer = observers([
    figures,
    ...(metrics.observer ? [metrics.observer] : []),
    ...(settings.log === 'json' || settings.logLevel === 'debug' ? [requestLog(log)] : []),
  ])
  const tracer = await openTracing(settings, log)
  const models = resolveModels(settings.model, {
    transport: createModelTransport({ silenceMs: settings.modelSilenceMs }),
    log,
    observer,
    prices: settings.prices,
  })
  const allowOrigin = originRule(settings)
  const guardedFetch = nodeGuardedFetch({ privateHosts: settings.privateHosts })
  const given = openToolkit(settings, guardedFetch)
  const givenMcpServers = openMcpServers(settings.mcpServersFile, process.env)
  const folder = openDataDir(settings.dataDir)
  const store = await openStore(settings, folder, endAtOnce)
  const rateLimits = await openRateLimits(settings, log)
  const peers = await openPeers(settings, log)
  const login = createLogin(store.logins, { secret: loginSecret(folder) })
  const vault = await createVault(encryptionKeys(folder, settings.encryptionKeys))
  const secrets = createSecrets({
    store: store.secrets,
    vault,
    given: toolSecrets(settings.toolSecrets),
    clock: systemClock,
  })
  const mcpServers = createMcpServers({
    store: store.mcpServers,
    takeLease: store.workspaces.takeLease,
    given: givenMcpServers,
    vault,
    secretsOf: secrets.of,
    guardedFetch,
    clock: systemClock,
    log,
  })
  const providers = createProviders({
    store: store.providers,
    vault,
    guardedFetch,
    clock: systemClock,
    log,
    prices: settings.prices,
  })
  const files = await openFiles(settings, folder)
  const knowledge = createKnowledgeBases({
    store: store.knowledge,
    embedder: models.embedder,
    reranker: models.reranker,
    ...(models.kind !== 'offline' && { makeQuestions: (text, signal) => makeQuestions(models, text, signal) }),
    readDocument: documentReader({ program: DOCUMENT_READER }),
    sources: { files, records: store.knowledgeFiles },
    clock: systemClock,
    log,
  })
  const toolkit: Toolkit = {
    ...given,
    knowledge,
    facts: userFacts(store.facts, systemClock),
    secrets: secrets.of,
    mcp: mcpServers.open,
  }
  const apps = await openKnownApps(settings, { models, toolkit, dataFolder: folder, log, store: store.apps }).catch(
    async (thrown: unknown) => {
      await Promise.all([store.close(), rateLimits.limiter.close(), peers?.close()])
      throw thrown
    },
  )
  const parley = createParley({
    store,
    catalog: apps.catalog,
    appMaker: configuredAgents(models, toolkit, providers.modelsOf),
    providers,
    secrets,
    mcpServers,
    knowledge,
    figures: { workspaceId: DEFAULT_WORKSPACE, read: figures.read },
    maxDocumentBytes: settings.maxUploadBytes,
    authenticate: loginOf(settings, allowOrigin),
    apiKeys: givenKeys(settings),
    keysAreOptional: settings.environment === 'development' && settings.apiKey === undefined,
    maxSessionSeconds: settings.maxSessionSeconds,
    allowOrigin,
    uploads: {
      files,
      key: keptKey(folder, 'uploads.key'),
      maxBytes: settings.maxUploadBytes,
      keepUnsentMs: settings.keepUnsentFilesMs,
      hostedTypes: settings.hostedFileTypes,
    },
    guardedFetch,
    rateLimits,
    peers,
    retentionDays: settings.retentionDays,
    blockingMs: settings.blockingMs,
    login: loginSession(login),
    more: [
      loginRoutes({ login, limiter: rateLimits.limiter, audit: auditLog(log) }),
      { routes: [metrics.route, ...(await webRoutes(webFolder, { embedders: embeddersOf(settings) }))], encodeError },
    ],
    observer,
    ...(tracer && { tracer }),
    traces: await openKeptTraces(settings),
    health: () => ({ openai_key_configured: models.kind !== 'offline' }),
    log,
  })
  const swept = await parley.start().catch(async (thrown: unknown) => {
    await apps.close()
    await parley.close(0)
    throw thrown
  })
  const listening = await listen(parley.fetch, settings, parley.sockets)
  listener = listening
  return {
    url: listening.url,
    models,
    apps: apps.folder && { path: apps.folder.path, report: apps.folder.report() },
    swept,
    firstLink: await firstLink(login, listening.url),
    async close(graceMs) {
      listening.drain()
      await parley.drain(graceMs)
      await listening.close(LAST_WORDS_MS)
      await parley.close()
      await apps.close()
      await tracer?.close()
    },
  }
}

/** A server that nobody has set up says where to. */
async function firstLink(login: Login, url: string): Promise<string | undefined> {
  const workspaceId = DEFAULT_WORKSPACE
  if ((await login.listPeople(workspaceId)).length > 0) return undefined
  const { token } = await login.createLink({ workspaceId, purpose: 'first', role: 'owner' })
  return adminLink(url.replace('//0.0.0.0:', '//localhost:').replace('//[::]:', '//localhost:'), token)
}

async function openRateLimits(
  { rateLimits: limits, redisUrl }: Settings,
  log: Log,
): Promise<NonNullable<ParleyOptions['rateLimits']>> {
  if (!redisUrl) return { limits, limiter: memoryRateLimiter() }
  const { redisRateLimiter } = await import('../cluster/redis-rate-limiter.js')
  return { limits, limiter: await redisRateLimiter(redisUrl, log) }
}

async function openPeers({ redisUrl }: Settings, log: Log): Promise<ParleyOptions['peers']> {
  if (!redisUrl) return undefined
  const { redisPeers } = await import('../cluster/redis-peers.js')
  return redisPeers(redisUrl, { log })
}

function loginOf(settings: Settings, allowOrigin: (origin: string) => boolean): Authenticate {
  if (settings.environment === 'development')
    return developmentAuthentication({ allowOrigin, allowHost: hostRule(settings) })
  return settings.jwt ? jwtAuthentication(settings.jwt) : sessionsOnly
}

function givenKeys({ apiKey, appKey, defaultApp }: Settings): GivenApiKey[] {
  const workspaceId = DEFAULT_WORKSPACE
  return [
    ...(apiKey ? [{ key: apiKey, id: 'key_settings', workspaceId, scopes: [...API_KEY_SCOPES] }] : []),
    ...(appKey
      ? [{ key: appKey, id: 'key_settings_app', workspaceId, scopes: ['chat' as const], appId: defaultApp }]
      : []),
  ]
}

/** In production the token decides, unless pages are named; without a login only pages of this machine may call. */
function originRule({ environment, allowedOrigins }: Settings): (origin: string) => boolean {
  if (allowedOrigins.includes('*')) return () => true
  if (environment === 'production') return (origin) => allowedOrigins.length === 0 || allowedOrigins.includes(origin)
  return (origin) => allowedOrigins.includes(origin) || (URL.canParse(origin) && isLoopback(new URL(origin).hostname))
}

/** The pages that may embed the chat are those that may call the server. */
function embeddersOf({ environment, allowedOrigins }: Settings): string[] | undefined {
  if (allowedOrigins.includes('*')) return undefined
  if (environment === 'development') return [...LOCAL_PAGES, ...allowedOrigins]
  return allowedOrigins.length > 0 ? allowedOrigins : undefined
}

/** `file:` is a page somebody opened from this disk to try the chat. */
const LOCAL_PAGES = [
  'file:',
  ...['http', 'https'].flatMap((scheme) =>
    ['localhost', '*.localhost', '127.0.0.1'].map((host) => `${scheme}://${host}:*`),
  ),
]

/** A server bound to this machine is only ever called by a local name; one bound to the network by any. */
const hostRule = ({ host }: Settings): ((hostname: string) => boolean) => (isLoopback(host) ? isLoopback : () => true)
