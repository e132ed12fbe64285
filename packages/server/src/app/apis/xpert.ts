import { ParleyError } from '@parley/protocol'
import { clientSecretOf } from '../../auth/credential.js'
import { onlyAppOf, type Principal, streamLanguageOf, toCallerKey } from '../../auth/principal.js'
import { type Crons, createCrons } from '../../crons/crons.js'
import type { XpertCaller, XpertParts } from '../../dialects/xpert/routes.js'
import { type UsersThreads, userThreads } from '../../engine/user-threads.js'
import { publicUrlOf } from '../../http/public-url.js'
import type { LateRouteGroup } from '../../http/route.js'
import { type Caller, callOf, contextOf } from '../caller.js'
import { feedbackAddresses } from '../feedback-addresses.js'
import type { ServerParts } from '../server-parts.js'

const XPERT_PATH = '/api/ai'
const SANDBOX_PATH = '/api/sandbox'
/** The same routes answer at the root, where LangGraph's own servers have them. */
const LANGGRAPH_PATHS = ['/assistants', '/threads', '/runs', '/store', '/ui']

export const isXpertPath = (pathname: string): boolean =>
  [XPERT_PATH, SANDBOX_PATH, ...LANGGRAPH_PATHS].some(
    (prefix) => pathname === prefix || pathname.startsWith(`${prefix}/`),
  )

/** Xpert's and LangGraph's API, loaded with its first request, and the schedules that start runs by it. */
export function xpertApi({ engine, store, apps, access, serverOf, ...parts }: ServerParts): {
  groups: LateRouteGroup[]
  crons: Crons
} {
  const { admit, apiKeys, knowledge, uploads, audit, clock, log, report, webhooks } = parts
  const load = () => import('../../dialects/xpert/index.js')

  const crons = createCrons({
    store: store.crons,
    clock,
    log,
    async runnerOf({ workspace_id: workspaceId, user_id: userId, key_id }): Promise<Principal | null> {
      if (key_id === undefined) return { workspaceId, userId, method: 'api_key' }
      const key = await apiKeys.find(workspaceId, key_id)
      return key && { workspaceId, userId, method: 'api_key', key: toCallerKey(key) }
    },
    async run(cron, principal) {
      const { startCron } = await load()
      await startCron(xpertParts, callerOf(principal, new Request(cron.public_url), { apps, admit }), cron)
    },
  })
  const xpertParts: XpertParts<Caller> = {
    engine,
    threads: userThreads(store.workspaces),
    apps,
    values: store.values,
    setUpBy: async (request) => {
      const { workspaceId, appId } = await access.server(request, 'admin')
      if (appId === undefined) return workspaceId
      throw new ParleyError(
        'forbidden',
        'This API key is bound to one app and makes no others. Use a key without an app.',
      )
    },
    isOf: ({ workspaceId, userId, appId }, caller) =>
      workspaceId === caller.workspaceId && userId === caller.userId && (onlyAppOf(caller) ?? appId) === appId,
    callerOf: async (request) => callerOf(await access.either(request), request, { apps, admit }),
    knowledge,
    async knowledgeCallerOf(request) {
      if (clientSecretOf(request) === undefined) return serverOf(request, 'knowledge')
      await access.session(request) // one that is over is to be renewed, which a refusal would not say
      throw new ParleyError('forbidden', 'API key not found: knowledge is for servers, which have one.')
    },
    files: uploads?.ofUsers(store.workspaces),
    feedback: parts.options.uploads && feedbackAddresses({ key: parts.options.uploads.key, clock, admit: admit.user }),
    takesWebhooks: webhooks !== undefined,
    crons,
    audit,
    clock,
    report,
  }

  const groupAt = (base: string, path: string): LateRouteGroup => ({
    prefix: base + path,
    load: async () => (await load()).xpertDialect(xpertParts, base),
  })
  const sandboxes: LateRouteGroup = {
    prefix: SANDBOX_PATH,
    load: async () => (await load()).xpertSandboxes(xpertParts, SANDBOX_PATH),
  }
  return {
    groups: [groupAt(XPERT_PATH, ''), ...LANGGRAPH_PATHS.map((path) => groupAt('', path)), sandboxes],
    crons,
  }
}

const callerOf = (
  principal: Principal,
  request: Request,
  { apps, admit }: Pick<ServerParts, 'apps' | 'admit'>,
): XpertCaller<Caller> => ({
  principal,
  publicUrl: publicUrlOf(request),
  within: withinOf(principal),
  mostListed: mostListedBy(principal),
  async callTo(appId) {
    const call = await callOf(principal, { apps, request, appId }).catch((thrown: unknown) => {
      throw toRefusal(thrown, principal, appId)
    })
    return { ...call, context: { ...call.context, uuids: true } }
  },
  contextIn: (appId) => ({ ...contextOf(principal, request, appId), uuids: true }),
  async languageOf(appId) {
    const said = streamLanguageOf(principal)
    return said ?? (await apps.find(principal.workspaceId, appId, { only: onlyAppOf(principal) }))?.streamLanguage
  },
  admit: (cost) => admit.either(request, principal, cost),
})

/** Behind the key of one app every other name is refused alike, whether there is such an app or not. */
function toRefusal(thrown: unknown, { key }: Principal, appId: string): unknown {
  const isElsewhere = key?.appId !== undefined && key.appId !== appId
  if (!isElsewhere || !(thrown instanceof ParleyError) || thrown.code !== 'app_not_found') return thrown
  return new ParleyError('forbidden', NOT_ALLOWED)
}

/** Source of these words: the Xpert contract, section 2. */
const NOT_ALLOWED = 'API key is not allowed to access this assistant.'

/** Of its only app when its credential has one. */
function withinOf(principal: Principal): UsersThreads {
  const appId = onlyAppOf(principal)
  return { workspaceId: principal.workspaceId, userId: principal.userId, ...(appId !== undefined && { appId }) }
}

/** What a session says of the history. */
function mostListedBy({ session }: Principal): number {
  if (!session) return Number.POSITIVE_INFINITY
  const { enabled, recent_threads } = session.rules.history
  return enabled ? (recent_threads ?? Number.POSITIVE_INFINITY) : 0
}
