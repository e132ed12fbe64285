import type { Attachment } from '@parley/protocol'
import type { ServerCaller } from '../auth/access.js'
import type { GuardedFetch } from '../base/guarded-fetch.js'
import type { Log } from '../base/log.js'
import { publicUrlOf } from '../http/public-url.js'
import type { RequestCost } from '../http/rate-limits/rules.js'
import type { Route } from '../http/route.js'
import { allowFile } from '../sessions/session-files.js'
import { isFileId } from '../storage/files/file-storage.js'
import { NOBODY, type ServerStore, type WorkspaceStore } from '../storage/workspace-store.js'
import type { DeclaredFile } from '../uploads/declared-file.js'
import { assertType, HOSTED_FILE_TYPES } from '../uploads/file-types.js'
import { remoteFile } from '../uploads/remote-file.js'
import { fileRoutes, keepFile, takeUpload } from '../uploads/routes.js'
import { createSigner } from '../uploads/signed-urls.js'
import { DEFAULT_KEEP_UNSENT_MS, unsentFiles } from '../uploads/unsent-files.js'
import { type UploadOptions, uploadStore } from '../uploads/upload-store.js'
import type { UserFiles } from '../uploads/user-files.js'
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
    maxBytes: attachments.maxBytes,
    ofUsers: ({ findUsersAttachment }: Pick<WorkspaceStore, 'findUsersAttachment'>): UserFiles<Caller> => ({
      maxBytes: attachments.maxBytes,
      // Ids of files that are claimed by the app they are sent to.
      keep: (file, caller) =>
        keepFile({ ...parts, keepsFakes: true }, file, { ...caller, hostedIds: true, uuids: false }),
      find: findUsersAttachment,
      async read(id) {
        const file = isFileId(id) ? await files.read(id) : null
        return file && new Uint8Array(await new Response(file.bytes).arrayBuffer())
      },
      async remove(id, caller) {
        await attachments.deleteAttachment(id, caller)
        await store.deleteAttachment(id, caller)
      },
      addressOf: attachments.addressOf,
    }),
    /** A file that is held already. A picture that is none is kept as bytes. */
    keep: async (file: File, caller: Caller): Promise<Attachment> =>
      keepFile({ ...parts, keepsFakes: true }, file, caller),
    /** A file of another server, kept here. @throws {ParleyError} `invalid_request` when it cannot be had */
    async keepRemote(url: string, caller: Caller, fetch: GuardedFetch): Promise<Attachment> {
      const file = await remoteFile(fetch, url, attachments.maxBytes)
      return keepFile({ ...parts, keepsFakes: true }, file, caller)
    },
    addressOf: attachments.addressOf,
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
