import type { Sessions } from '../auth/sessions.js'
import type { Clock } from '../base/clock.js'
import type { AttachmentStore } from '../engine/attachment-store.js'
import type { Engine } from '../engine/engine.js'
import type { Scope } from '../storage/store.js'
import type { ServerStore } from '../storage/workspace-store.js'

/** Where the data of a user is, and who may be at work on it. */
export interface UserDataParts<Context extends Scope> {
  store: ServerStore
  engine: Engine<Context>
  sessions: Sessions
  /** Where the bytes of attachments are. Absent: there are none. */
  attachments: AttachmentStore<Context> | undefined
  /** The bytes as a stream, where the place of files can; else `attachments` is asked for all of them at once. */
  openFile?: ((attachmentId: string) => Promise<ReadableStream<Uint8Array> | null>) | undefined
  /** What the engine knows an owner by. */
  contextOf(owner: Scope): Context
  clock: Clock
}
