import { type Attachment, attachmentSchema, omitNulls, ParleyError } from '@parley/protocol'
import { z } from 'zod'
import { FILES_PATH } from '../base/file-address.js'
import { visibleAttachment } from '../engine/attachments.js'
import { bodyOf } from '../http/body.js'
import { fileHeaders } from '../http/file-headers.js'
import type { Route, RouteContext } from '../http/route.js'
import type { RouteDescription } from '../http/route-description.js'
import type { FileStorage } from '../storage/files/file-storage.js'
import type { Scope, Store } from '../storage/store.js'
import { checkedBytes } from './checked-bytes.js'
import type { DeclaredFile } from './declared-file.js'
import { withType } from './file-types.js'
import { honestType, isSafeImage } from './image-types.js'
import { readFileField } from './multipart.js'
import type { Grant, Signer } from './signed-urls.js'
import { tooLarge, type UploadContext, type UploadStore } from './upload-store.js'

interface FileParts {
  store: Store<Scope>
  files: FileStorage
  signer: Signer
  uploads: UploadStore
}

/** What an upload in one step needs besides. */
export interface UploadParts<Context extends UploadContext> extends FileParts {
  /** A picture that is none is kept as bytes of no kind, instead of being refused. */
  keepsFakes?: boolean
  /** Refuses a file that this caller may not send. */
  allow(file: DeclaredFile, context: Context): Promise<void>
}

export interface FileRouteParts<Context extends UploadContext> extends UploadParts<Context> {
  /** Who asks, for requests that carry no signed address. */
  contextOf(request: Request): Promise<Context>
}

/** Bytes in and out: sent to and read from signed addresses, or sent in one step by somebody who is signed in. */
export function fileRoutes<Context extends UploadContext>(parts: FileRouteParts<Context>): Route[] {
  return [
    {
      method: 'POST',
      path: FILES_PATH,
      description: aboutUpload,
      handle: async (request) =>
        Response.json(omitNulls(await takeUpload(parts, request, await parts.contextOf(request)))),
    },
    {
      method: 'PUT',
      path: `${FILES_PATH}/:id`,
      description: null,
      handle: (request, context) => receive(parts, request, context),
    },
    {
      method: 'GET',
      path: `${FILES_PATH}/:id`,
      description: null,
      handle: (request, context) => serve(parts, request, context),
    },
  ]
}

const aboutUpload: RouteDescription = {
  id: 'uploadFile',
  group: 'Files',
  summary: 'Upload a file in one step, for a message to name.',
  // Made when somebody reads about it: a schema costs every start its time.
  get query() {
    return z.object({ app: z.string().optional().describe('The app, by its id. Absent: the default one.') })
  },
  exampleQuery: { app: 'APP_ID' },
  get form() {
    return z.object({ file: z.file().describe('The file itself, with its name and media type.') })
  },
  example: { file: '@picture.png' },
  answer: attachmentSchema,
  failures: [413, 415],
}

/** The second phase of an upload: the bytes of one attachment, once. */
async function receive(parts: FileParts, request: Request, { params }: RouteContext): Promise<Response> {
  const { scope, id: attachmentId } = await grantOf(parts, request, { purpose: 'upload', id: params.id })
  const attachment = await parts.store.loadAttachment(attachmentId, scope)
  if (!attachment.upload_descriptor) throw new ParleyError('conflict', 'The file has been uploaded already.')
  const size = Number(attachment.metadata?.size)
  const declared = request.headers.get('content-length')
  if (declared !== null && Number(declared) > size) throw tooLarge(attachment.name, size)
  await keep(parts, attachment, bodyOf(request))
  await parts.store.saveAttachment(uploaded(attachment), scope)
  return new Response(null, { status: 204 })
}

/** An upload in one step: a form with the field `file`. */
export async function takeUpload<Context extends UploadContext>(
  parts: UploadParts<Context>,
  request: Request,
  context: Context,
): Promise<Attachment> {
  return keepFile(parts, await readFileField(request, parts.uploads.maxBytes), context)
}

/** Keeps a file for whoever sent it. */
export async function keepFile<Context extends UploadContext>(
  parts: UploadParts<Context>,
  file: File,
  context: Context,
): Promise<Attachment> {
  const { name, size } = file
  const given = withType({ name, size, mime_type: file.type })
  const declared = parts.keepsFakes ? { ...given, mime_type: await honestType(file, given.mime_type) } : given
  await parts.allow(declared, context)
  const attachment = await parts.uploads.describe(declared, context)
  await keep(parts, attachment, file.stream())
  await parts.store.saveAttachment(attachment, context)
  return visibleAttachment(attachment)
}

async function keep({ files }: FileParts, attachment: Attachment, bytes: ReadableStream<Uint8Array>) {
  const { id, mime_type, metadata } = attachment
  const size = Number(metadata?.size)
  await files.write(id, bytes.pipeThrough(checkedBytes({ size, mime_type })), size)
}

const uploaded = ({ upload_descriptor: _, ...attachment }: Attachment): Attachment => attachment

/** Pictures are shown, everything else is saved; nothing runs, whatever it contains. */
async function serve(parts: FileParts, request: Request, { params }: RouteContext): Promise<Response> {
  const { scope, id: attachmentId } = await grantOf(parts, request, { purpose: 'read', id: params.id })
  const attachment = await parts.store.loadAttachment(attachmentId, scope)
  const file = await parts.files.read(attachmentId)
  if (!file) throw missing()
  const isShown = isSafeImage(attachment.mime_type)
  return new Response(withoutReasons(file.bytes), {
    headers: {
      ...fileHeaders({ name: attachment.name, shown: isShown, ...(isShown && { mime_type: attachment.mime_type }) }),
      'content-length': String(file.size),
      'cross-origin-resource-policy': 'cross-origin', // the address is the permission, on whatever page it is used
      'referrer-policy': 'no-referrer',
      'cache-control': 'private, max-age=600, immutable',
    },
  })
}

/** A host writes why a stream broke behind what was sent already: the storage's own words are for the log. */
function withoutReasons(bytes: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = bytes.getReader()
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      } catch (cause) {
        controller.error(new ParleyError('internal', 'The file could not be read to its end.', { cause }))
      }
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

/** A wrong, expired or foreign signature and a file that does not exist look the same. */
async function grantOf(
  { signer, uploads }: FileParts,
  request: Request,
  { purpose, id }: { purpose: Grant['purpose']; id: string | undefined },
): Promise<Grant> {
  const token = new URL(request.url).searchParams.get('token') ?? ''
  const grant = await signer.verify(token, uploads.clock.now().getTime())
  if (grant?.purpose !== purpose || grant.id !== id) throw missing()
  return grant
}

const missing = () =>
  new ParleyError(
    'attachment_not_found',
    'There is no such file, or its address is no longer valid. Load the chat again.',
  )
