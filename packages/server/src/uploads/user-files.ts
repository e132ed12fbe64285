import { type Attachment, ParleyError } from '@parley/protocol'
import type { OwnedAttachment } from '../storage/workspace-store.js'

export type { OwnedAttachment } from '../storage/workspace-store.js'

/** Files of users who may not have said yet for which app they are. */
export interface UserFiles<Context> {
  /** The largest file it takes. */
  maxBytes: number
  /** @throws {ParleyError} `payload_too_large`; `forbidden` for a session that may not send it */
  keep(file: File, context: Context): Promise<Attachment>
  /** A file of this user, in whatever app it is; `null`: the user has none of this id. */
  find(id: string, owner: { workspaceId: string; userId: string }): Promise<OwnedAttachment | null>
  /** All of its bytes. */
  read(id: string): Promise<Uint8Array | null>
  /** With its bytes. */
  remove(id: string, context: Context): Promise<void>
  /** Where it can be read, for a while. */
  addressOf(id: string, context: Context): Promise<string>
}

/** The place for files of a server that has one. @throws {ParleyError} `not_configured` */
export function placeForFiles<Files>(files: Files | undefined): Files {
  if (files) return files
  throw new ParleyError('not_configured', 'This server keeps no files.')
}

/** @throws {ParleyError} `attachment_not_found` */
export const missingFile = (id: string): never => {
  throw new ParleyError('attachment_not_found', `There is no file "${id}" of yours.`)
}
