import { clientSecretOf } from '../../auth/credential.js'
import { hostedChatKit, hostedWorkflows, xpertSessions } from '../../dialects/openai-hosted/index.js'
import { workspaceThreads } from '../../engine/workspace-threads.js'
import type { LateRouteGroup } from '../../http/route.js'
import { callerFor, type ServerParts } from '../server-parts.js'

/** OpenAI's hosted API: sessions, threads, files, workflows; and the sessions of Xpert's servers. */
export function hostedApis({ options, uploads, access, calls, serverOf, ...parts }: ServerParts): LateRouteGroup[] {
  const { sessions, apps, bareEngine, store, audit, clock, maxSessionSeconds } = parts
  const sessionParts = {
    sessions,
    findApp: apps.find,
    fileTypes: uploads?.types,
    maxSeconds: maxSessionSeconds,
    audit,
    callerOf: (request: Request) => serverOf(request, 'chat'),
  }
  return [
    hostedChatKit({
      sessions: sessionParts,
      threads: {
        threads: workspaceThreads(bareEngine, store.workspaces, callerFor),
        callerOf: (request) => serverOf(request, 'threads'),
      },
      files: {
        upload:
          uploads &&
          (async (request) =>
            clientSecretOf(request) === undefined
              ? uploads.takeForWorkspace(request, await serverOf(request, 'chat'))
              : uploads.take(request, (await calls.ofSession(request)).context)),
      },
      domains: { allowOrigin: options.allowOrigin, sessionOf: access.session },
    }),
    hostedWorkflows({ apps, clock, callerOf: (request) => serverOf(request, 'admin') }),
    xpertSessions({ sessions: sessionParts }),
  ]
}
