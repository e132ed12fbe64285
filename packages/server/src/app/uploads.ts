import type { Attachment } from '@parley/protocol'
import type { ServerCaller } from '../auth/access.js'
import type { Log } from '../base/log.js'
import { publicUrlOf } from '../http/public-url.js'
import type { RequestCost } from '../http/rate-limits/rules.js'
import type { Route } from '../http/route.js'
import { allowFile } from '../sessions/session-files.js'
import { isFileId } from '../storage/files/file-storage.js'
import { NOBODY, type ServerStore } from '../storage/workspace-store.js'
import type { DeclaredFile } from '../uploads/declared-file.js'
import { assertType, HOSTED_FILE_TYPES } from '../uploads/file-types.js'
import { fileRoutes, takeUpload } from '../uploads/routes.js'
import { createSigner } from '../uploads/signed-urls.js'
import { DEFAULT_KEEP_UNSENT_MS, unsentFiles } from '../uploads/unsent-files.js'
import { type UploadOptions, uploadStore } from '../uploads/upload-store.js'
import type { Caller } from './caller.js'

/** Everything about attachments that this server keeps itself. */
export function openUploads(
  { files, key, keepUnsentMs, hostedTypes = HOSTED_FILE_TYPES, ...limits }: UploadOptions,
  {
    store,
    admit,
    log,
  }: { store: ServerStore; admit(request: Request, caller: Caller, cost: RequestCost): Promise<void>; log: Log },
) {
  const signer = createSigner(key)
  const attachments = uploadStore({ files, signer, ...limits })
  const parts = {
    store,
    files,
    signer,
    uploads: attachments,
    allow: (file: DeclaredFile, { session }: Caller) => allowFile(session, file, store.workspaces),
  }
  const types = hostedTypes === 'any' ? undefined : hostedTypes
  const counted = async (request: Request, caller: Caller) => {
    await admit(request, caller, 'work')
    return caller
  }
  return {
    attachments,
    /** What new sessions of the hosted API take; absent: everything. */
    types,
    routes: (callerOf: (request: Request) => Promise<Caller>): Route[] =>
      fileRoutes({ ...parts, contextOf: async (request) => counted(request, await callerOf(request)) }),
    /** The file of a form, sent by this caller. */
    take: async (request: Request, caller: Caller): Promise<Attachment> =>
      takeUpload(parts, request, await counted(request, caller)),
    /** The file of a form, sent by a server: it is nobody's until somebody sends it in a message. */
    async takeForWorkspace(request: Request, { workspaceId, appId = NOBODY }: ServerCaller): Promise<Attachment> {
      const context = { workspaceId, userId: NOBODY, appId, publicUrl: publicUrlOf(request), hostedIds: true }
      return takeUpload({ ...parts, allow: async (file: DeclaredFile) => assertType(file, types) }, request, context)
    },
    /** The bytes of one, as they are read. */
    open: async (id: string) => (isFileId(id) ? ((await files.read(id))?.bytes ?? null) : null),
    unsent: unsentFiles({
      store,
      files,
      clock: attachments.clock,
      log,
      keepMs: keepUnsentMs ?? DEFAULT_KEEP_UNSENT_MS,
    }),
  }
}
