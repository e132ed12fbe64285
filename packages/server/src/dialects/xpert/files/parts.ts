import type { Attachment } from '@parley/protocol'
import type { OwnedThread } from '../../../engine/user-threads.js'

/** A file, and whose it is. */
export interface OwnedFile {
  attachment: Attachment
  owner: OwnedThread['owner']
}

/** What this API needs of the place for files. */
export interface XpertFiles<Context> {
  /** The largest file it takes. */
  maxBytes: number
  /** @throws {ParleyError} `payload_too_large`; `forbidden` for a session that may not send it */
  keep(file: File, context: Context): Promise<Attachment>
  /** A file of this user, in whatever app it is; `null`: the user has none of this id. */
  find(id: string, owner: { workspaceId: string; userId: string }): Promise<OwnedFile | null>
  /** All of its bytes. */
  read(id: string): Promise<Uint8Array | null>
  /** With its bytes. */
  remove(id: string, context: Context): Promise<void>
  /** Where it can be read, for a while. */
  addressOf(id: string, context: Context): Promise<string>
}
