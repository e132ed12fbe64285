import type { Attachment } from '@parley/protocol'

/** The files of an app's users, for a server that speaks for all of them. `Context`: what the engine knows a user by. */
export interface AppFiles<Context> {
  maxBytes: number
  /** Keeps a file for its sender. */
  keep(file: File, context: Context): Promise<Attachment>
  /** Keeps a file of another server. @throws {ParleyError} `invalid_request` when it cannot be had */
  keepRemote(url: string, context: Context): Promise<Attachment>
  /** A file of the caller's. @throws {ParleyError} `attachment_not_found` */
  load(fileId: string, context: Context): Promise<Attachment>
  /** The file of some user of the app. */
  find(fileId: string, app: { workspaceId: string; appId: string }): Promise<Attachment | null>
  /** Where it can be read for a while, by whoever knows the address. */
  addressOf(fileId: string, context: Context): Promise<string>
  /** Its bytes; `null` when they have gone. */
  open(fileId: string): Promise<ReadableStream<Uint8Array> | null>
}
