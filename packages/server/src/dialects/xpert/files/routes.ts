import { ParleyError } from '@parley/protocol'
import { onlyAppOf } from '../../../auth/principal.js'
import { threadOf } from '../../../engine/caller-threads.js'
import { loadItems } from '../../../engine/load-items.js'
import { NO_APP } from '../../../engine/user-threads.js'
import { readForm } from '../../../http/form.js'
import { missingFile, type OwnedAttachment, placeForFiles } from '../../../uploads/user-files.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { type CalledBy, callerRoute } from '../caller-route.js'
import { conversationRoute } from '../conversations/conversation-route.js'
import type { XpertParts } from '../routes.js'
import { encodeFile } from './encode.js'
import * as about from './routes-schema.js'
import { type FileAsset, uploadSchema } from './schema.js'

/** Files are uploaded first, then named in a run. */
export function fileRoutes<Context>(parts: XpertParts<Context>): Route[] {
  const files = () => placeForFiles(parts.files)

  async function upload(request: Request, { caller }: CalledBy<Context>): Promise<Response> {
    const form = await readForm(request, files().maxBytes)
    const fields = Object.fromEntries([...form].filter(([name]) => name in uploadSchema.shape))
    const { file, xpertId, purpose } = checkBody(uploadSchema, fields)
    const wanted = xpertId || onlyAppOf(caller.principal)
    const appId = wanted ? ((await caller.callTo(wanted)).appId ?? NO_APP) : NO_APP
    const context = caller.contextIn(appId)
    const attachment = await files().keep(file, context)
    const url = await files().addressOf(attachment.id, context)
    return Response.json(encodeFile({ ...attachment, metadata: { size: file.size } }, { url, purpose }), {
      status: 201,
    })
  }

  async function remove(context: CalledBy<Context>): Promise<Response> {
    const { attachment, owner } = await findFile(parts, context)
    if (attachment.thread_id !== undefined)
      throw new ParleyError('conflict', 'This file was sent in a conversation, and goes with it.')
    await files().remove(attachment.id, context.caller.contextIn(owner.appId))
    return new Response(null, { status: 204 })
  }

  const answer = async (context: CalledBy<Context>) =>
    Response.json(await answerFile(parts, context, await findFile(parts, context)))

  return [
    callerRoute(parts, {
      method: 'POST',
      path: '/contexts/file',
      description: about.uploadFile,
      cost: 'work',
      audited: true,
      handle: upload,
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/v1/file',
      description: about.uploadFileAsBefore,
      cost: 'work',
      audited: true,
      handle: upload,
    }),
    callerRoute(parts, {
      method: 'DELETE',
      path: '/contexts/file/:id',
      description: about.deleteUpload,
      handle: (_, context) => remove(context),
    }),
    callerRoute(parts, {
      method: 'GET',
      path: '/files/:id',
      description: about.getFile,
      handle: (_, context) => answer(context),
    }),
    callerRoute(parts, {
      method: 'GET',
      path: '/files/:id/status',
      description: about.getFileStatus,
      async handle(_, context) {
        const { attachment } = await findFile(parts, context)
        return Response.json({ fileId: attachment.id, status: 'ready', error: null, parsedAt: null })
      },
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/files/:id/parse/retry',
      description: about.retryParse,
      handle: (_, context) => answer(context),
    }),
    callerRoute(parts, {
      method: 'DELETE',
      path: '/files/:id',
      description: about.deleteFile,
      handle: (_, context) => remove(context),
    }),
    conversationRoute(parts, {
      method: 'GET',
      path: '/conversations/:id/files',
      description: about.listFiles,
      async handle(_, context) {
        const { call, owned } = await threadOf(parts, context.caller, context.id)
        const items = await loadItems(parts.engine, call, context.id)
        const sent = items.flatMap((item) => (item.type === 'user_message' ? item.attachments : []))
        const { owner } = owned
        return Response.json(
          await Promise.all(sent.map((attachment) => answerFile(parts, context, { attachment, owner }))),
        )
      },
    }),
  ]
}

/** The caller's file that the path names. @throws {ParleyError} `attachment_not_found`, also for a file of an app out of reach */
export async function findFile<Context>(
  { files }: XpertParts<Context>,
  { caller, id }: Pick<CalledBy<Context>, 'caller' | 'id'>,
): Promise<OwnedAttachment> {
  const only = onlyAppOf(caller.principal)
  const found = (await placeForFiles(files).find(id, caller.principal)) ?? missingFile(id)
  return only === undefined || [only, NO_APP].includes(found.owner.appId) ? found : missingFile(id)
}

/** A file with an address that is good for a while. */
export async function answerFile<Context>(
  { files }: XpertParts<Context>,
  { caller }: Pick<CalledBy<Context>, 'caller'>,
  { attachment, owner }: OwnedAttachment,
): Promise<FileAsset> {
  const url = await placeForFiles(files).addressOf(attachment.id, caller.contextIn(owner.appId))
  return encodeFile(attachment, { url })
}
