import { ParleyError } from '@parley/protocol'
import { appRecords } from '../../engine/app-records.js'
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
        apps,
        tags: createKnowledgeTags(store.knowledgeTags),
        callerOf: async (request) => admit.key(request, await access.workspace(request, ['knowledge']), 'serve'),
        maxDocumentBytes: parts.maxDocumentBytes,
        downloads:
          options.uploads && knowledgeDownloads(parts.knowledge, { key: options.uploads.key, clock: parts.clock }),
        blockingMs: options.blockingMs ?? BLOCKING_MS,
        clock: parts.clock,
        report: parts.report,
      },
      blockingMs: options.blockingMs ?? BLOCKING_MS,
      records: appRecords(store),
      files: uploads && {
        maxBytes: uploads.maxBytes,
        keep: uploads.keep,
        async keepRemote(url, context) {
          if (options.guardedFetch) return uploads.keepRemote(url, context, options.guardedFetch)
          throw new ParleyError('invalid_request', 'Invalid file url: this server reaches no others.')
        },
        load: (id, context) => store.loadAttachment(id, context),
        find: (id, app) => store.workspaces.findAttachment(id, app.workspaceId, app.appId),
        addressOf: uploads.addressOf,
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
