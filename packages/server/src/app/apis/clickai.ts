import { ParleyError } from '@parley/protocol'
import type { LateRouteGroup } from '../../http/route.js'
import { createKnowledgeTags } from '../../knowledge/knowledge-tags.js'
import { type Caller, callOfApp } from '../caller.js'
import { knowledgeDownloads } from '../knowledge-downloads.js'
import type { ServerParts } from '../server-parts.js'

/** OpenAI's hosted API has it too: the key says which of the two is called. */
export const CLICKAI_PATH = '/v1'
/** ClickAI's other address. */
export const ASSISTANTS_PATH = '/assistant/api'

/** How long a server waits for a whole answer. Source: the ClickAI guide, “Blocking Mode”. */
const BLOCKING_MS = 60_000

/** ClickAI's API. Loaded with its first request. */
export const clickAiApi = ({
  options,
  access,
  admit,
  apps,
  store,
  uploads,
  ...parts
}: ServerParts): LateRouteGroup => ({
  prefix: CLICKAI_PATH,
  load: async () =>
    (await import('../../dialects/clickai/index.js')).clickAiDialect<Caller>({
      engine: parts.engine,
      async appOf(request) {
        const app = await access.app(request)
        await admit.key(request, app, 'serve')
        return app
      },
      callOf: (request, app, userId) => callOfApp(app, { apps, request, userId }),
      loadApp: ({ workspaceId, appId }) => apps.load(workspaceId, appId),
      annotations: parts.annotations,
      datasets: {
        knowledge: parts.knowledge,
        tags: createKnowledgeTags(store.knowledgeTags),
        callerOf: async (request) => admit.key(request, await access.workspace(request, ['knowledge']), 'serve'),
        maxDocumentBytes: parts.maxDocumentBytes,
        downloads:
          options.uploads && knowledgeDownloads(parts.knowledge, { key: options.uploads.key, clock: parts.clock }),
        blockingMs: options.blockingMs ?? BLOCKING_MS,
        clock: parts.clock,
      },
      blockingMs: options.blockingMs ?? BLOCKING_MS,
      conversations: ({ context }, query) => store.workspaces.listActiveThreads(query, context),
      async findRun({ workspaceId, appId }, runId) {
        const found = await store.traces.loadTrace(workspaceId, runId)
        return found?.owner.appId === appId ? { run: found.run, userId: found.owner.userId } : null
      },
      async listRuns({ workspaceId, appId }, which, page) {
        const found = await store.traces.listTraces(workspaceId, { order: 'desc', ...page }, { appId, ...which })
        return { ...found, data: found.data.map(({ run, owner: { userId } }) => ({ run, userId })) }
      },
      async feedback({ workspaceId, appId }, { offset, limit }) {
        const page = await store.workspaces.listFeedback(
          { limit: offset + limit, order: 'desc' },
          { workspaceId, appId },
        )
        return page.data.slice(offset)
      },
      async endUser({ workspaceId, appId }, userId) {
        const query = { by: 'creation', order: 'asc', limit: 1 } as const
        const here = await store.workspaces.listActiveThreads(query, { workspaceId, appId, userId })
        const user = here.data.length > 0 ? await store.workspaces.loadUser(workspaceId, userId) : null
        const { first_seen_at: firstSeenAt, last_active_at: lastActiveAt } = user ?? {}
        return firstSeenAt && lastActiveAt ? { firstSeenAt, lastActiveAt } : null
      },
      files: uploads && {
        maxBytes: uploads.maxBytes,
        keep: (file, { context }) => uploads.keep(file, context),
        async keepRemote(url, { context }) {
          if (options.guardedFetch) return uploads.keepRemote(url, context, options.guardedFetch)
          throw new ParleyError('invalid_request', 'Invalid file url: this server reaches no others.')
        },
        load: (id, { context }) => store.loadAttachment(id, context),
        find: (id, app) => store.workspaces.findAttachment(id, app.workspaceId, app.appId),
        open: uploads.open,
      },
      clock: parts.clock,
      report: parts.report,
    }),
})

/** ClickAI's list of assistants. Loaded with its first request. */
export const assistantsApi = ({ apps, access, admit }: ServerParts): LateRouteGroup => ({
  prefix: ASSISTANTS_PATH,
  load: async () =>
    (await import('../../dialects/clickai/assistants/index.js')).assistantsDialect({
      apps,
      callerOf: async (request) => admit.key(request, await access.workspace(request, ['chat', 'admin']), 'set up'),
    }),
})
