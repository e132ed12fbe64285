import { apiDocs } from '../api-docs/index.js'
import { encodeError as encodeAdminError } from '../dialects/admin/errors.js'
import { tellRefusedOrigins } from '../http/refused-origins.js'
import { createRouter } from '../http/router.js'
import { adminApi } from './apis/admin.js'
import { chatKitApi } from './apis/chatkit.js'
import { assistantsApi, clickAiApi } from './apis/clickai.js'
import { hostedApis } from './apis/hosted.js'
import { mcpApi } from './apis/mcp.js'
import { encodeErrorByPath } from './apis/path-errors.js'
import { xpertApi } from './apis/xpert.js'
import { appFacts } from './app-facts.js'
import { healthRoutes, type Part } from './health.js'
import { lifecycle } from './lifecycle.js'
import type { Parley, ParleyOptions } from './parley.js'
import { assembleParts } from './server-parts.js'

/** Puts a server together: storage, engine and apps, every API that clients speak, and its life from start to end. */
export function createParley(options: ParleyOptions): Parley {
  const parts = assembleParts(options)
  const { access, apps, uploads, log, report } = parts
  const { chatKit, groups: chatKitGroups } = chatKitApi(parts)
  const xpert = xpertApi(parts)
  const { phase, ...life } = lifecycle(parts, xpert.crons)
  const groups: Parley['groups'] = [
    ...chatKitGroups,
    ...hostedApis(parts),
    ...xpert.groups,
    adminApi(parts),
    mcpApi(parts),
    healthRoutes({ phase, parts: partsOf(options), log, encodeError: chatKit.encodeError }),
    ...(options.more ?? []),
    // Behind everything else below its prefix, which it shares with OpenAI's hosted API.
    clickAiApi(parts),
    assistantsApi(parts),
  ]
  const files = uploads && {
    maxBytes: uploads.attachments.maxBytes,
    ...(uploads.types && { hostedTypes: uploads.types }),
  }
  groups.push(
    apiDocs({
      ...appFacts(apps, files),
      readerOf: access.reader,
      groups: () => groups,
      isOpen: options.keysAreOptional ?? false,
      encodeError: encodeAdminError,
    }),
  )
  return {
    ...life,
    groups,
    sockets: chatKit.sockets ?? [],
    fetch: createRouter({
      groups,
      cors: { allowOrigin: options.allowOrigin },
      encodeError: encodeErrorByPath(chatKit.encodeError),
      report,
      requestEnded: options.observer?.requestEnded,
      originRefused: tellRefusedOrigins(log),
      tracer: options.tracer,
    }),
    apiKeys: parts.apiKeys,
    users: parts.users,
    retention: parts.oldThreads,
  }
}

/** What has to answer for the server to answer. */
function partsOf({ store, uploads, rateLimits }: ParleyOptions): Record<string, Part> {
  const { files } = uploads ?? {}
  const { limiter } = rateLimits ?? {}
  return {
    database: { check: () => store.check() },
    ...(files?.check && { files: { check: () => files.check?.() ?? Promise.resolve() } }),
    ...(limiter?.check && {
      redis: {
        check: () => limiter.check?.() ?? Promise.resolve(),
        without: 'Until it does, each server counts limits and answers for itself.',
      },
    }),
  }
}
