import { type Attachment, ParleyError } from '@parley/protocol'
import { type Clock, systemClock } from '../base/clock.js'
import { FILES_PATH } from '../base/file-address.js'
import { randomId, timedId } from '../base/random-id.js'
import { sizeInWords } from '../base/size-in-words.js'
import type { AttachmentStore } from '../engine/attachment-store.js'
import { type FileStorage, isFileId } from '../storage/files/file-storage.js'
import type { Scope } from '../storage/store.js'
import { cleanFile, type DeclaredFile } from './declared-file.js'
import { imageTypeOf, isSafeImage } from './image-types.js'
import type { Signer } from './signed-urls.js'

/** How a server keeps attachments itself. */
export interface UploadOptions {
  /** Where the bytes are kept. */
  files: FileStorage
  /** Signs addresses; 32 random bytes that stay the same. */
  key: Uint8Array
  /** The largest file taken; default 20 MB. */
  maxBytes?: number
  /** Media types that sessions of the hosted API and uploads by API key may have; default: {@link HOSTED_FILE_TYPES}. `any`: all. */
  hostedTypes?: readonly string[] | 'any'
  /** How long a file that was uploaded and not sent is kept; default a day. */
  keepUnsentMs?: number
  clock?: Clock
}

/** Who uploads, and how the server is addressed: empty for clients that resolve relative addresses. */
export interface UploadContext extends Scope {
  publicUrl?: string
  /** Files of the hosted API have ids of its shape. */
  hostedIds?: boolean
  /** Files of other callers have ids that are UUIDs. */
  uuids?: boolean
}

export const DEFAULT_MAX_UPLOAD_BYTES = 20 * 1024 * 1024
/** Long enough for a slow line to begin, and for a page to draw its pictures. */
const LIFETIME_MS = 10 * 60 * 1000
const UNKNOWN = 'application/octet-stream'

/** Keeps attachments in a file storage and hands out signed addresses for them. */
export function uploadStore({ files, signer, maxBytes = DEFAULT_MAX_UPLOAD_BYTES, clock = systemClock }: UploadParts) {
  const addressOf = async (purpose: 'upload' | 'read', id: string, context: UploadContext) => {
    const { workspaceId, userId, appId } = context
    const expires = clock.now().getTime() + LIFETIME_MS
    const token = await signer.sign({ purpose, id, scope: { workspaceId, userId, appId }, expires })
    return `${context.publicUrl ?? ''}${FILES_PATH}/${id}?token=${token}`
  }

  const describe = async (given: DeclaredFile, context: UploadContext): Promise<Attachment> => {
    const file = cleanFile(given)
    if (!(file.size >= 0 && file.size <= maxBytes)) throw tooLarge(file.name, maxBytes)
    const id = newId(context, clock)
    const common = { id, name: file.name, mime_type: file.mime_type, metadata: { size: file.size } }
    if (!isSafeImage(file.mime_type)) return { type: 'file', ...common }
    return { type: 'image', ...common, preview_url: await addressOf('read', id, context) }
  }

  const addressToRead = (attachmentId: string, context: UploadContext) => addressOf('read', attachmentId, context)

  const store: AttachmentStore<UploadContext> = {
    async createAttachment(given, context) {
      const attachment = await describe(given, context)
      const url = await addressOf('upload', attachment.id, context)
      const headers = { 'content-type': attachment.mime_type }
      return { ...attachment, upload_descriptor: { url, method: 'PUT', headers } }
    },
    async deleteAttachment(attachmentId) {
      if (isFileId(attachmentId)) await files.delete(attachmentId)
    },
    async presentAttachment({ upload_descriptor: _, ...attachment }, context) {
      if (attachment.type === 'file') return attachment
      return { ...attachment, preview_url: await addressOf('read', attachment.id, context) }
    },
    async writeAttachment({ name, mime_type, data }, context) {
      const attachment = await describe(
        { name, size: data.byteLength, mime_type: imageTypeOf(data) ?? (isSafeImage(mime_type) ? UNKNOWN : mime_type) },
        context,
      )
      await files.write(attachment.id, new Blob([new Uint8Array(data)]).stream(), data.byteLength)
      return attachment
    },
    addressOf: addressToRead,
    async readAttachment(attachmentId, _context, limit) {
      const file = isFileId(attachmentId) ? await files.read(attachmentId, limit) : null
      if (!file) return null
      return { data: new Uint8Array(await new Response(file.bytes).arrayBuffer()), size: file.size }
    },
  }
  return { ...store, addressOf: addressToRead, describe, maxBytes, clock }
}

function newId({ uuids, hostedIds }: UploadContext, clock: Clock): string {
  if (uuids) return crypto.randomUUID()
  return hostedIds ? timedId('cfile', clock.now()) : randomId('atc')
}

type UploadParts = Omit<UploadOptions, 'key' | 'keepUnsentMs' | 'hostedTypes'> & { signer: Signer }
export type UploadStore = ReturnType<typeof uploadStore>

export const tooLarge = (name: string, maxBytes: number) =>
  new ParleyError(
    'payload_too_large',
    `“${name}” is too large. Files up to ${sizeInWords(maxBytes)} are accepted here.`,
  )
