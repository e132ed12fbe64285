import type { UserMessageInput } from '@parley/protocol'
import type { Call, Engine } from '../engine/engine.js'
import type { Scope } from '../storage/store.js'
import type { WorkspaceStore } from '../storage/workspace-store.js'
import { listRecentThreads, searchRecentThreads } from './recent-threads.js'
import type { SessionContext } from './session-context.js'
import { allowFile } from './session-files.js'

/**
 * The engine as sessions may use it: their history is as long as they allow, and so are their files. Callers without a
 * session pass through. A file that a server uploaded for the workspace becomes the caller's with the message it is sent in.
 */
export function sessionEngine<Context extends SessionContext & Scope>(
  engine: Engine<Context>,
  store: WorkspaceStore,
): Engine<Context> {
  const claimFiles = async ({ context }: Call<Context>, { attachments }: UserMessageInput) => {
    for (const id of attachments) if (id.startsWith(HOSTED_FILE)) await store.claimAttachment(id, context)
  }
  return {
    ...engine,
    async startThread(call, input, options) {
      await claimFiles(call, input)
      return engine.startThread(call, input, options)
    },
    async addUserMessage(call, threadId, input, options) {
      await claimFiles(call, input)
      return engine.addUserMessage(call, threadId, input, options)
    },
    listThreads: (call, page) => listRecentThreads(engine, call, page),
    searchThreads: (call, query) => searchRecentThreads(engine, call, query),
    async createAttachment(call, file) {
      await allowFile(call.context.session, file, store)
      return engine.createAttachment(call, file)
    },
  }
}

/** Only these are uploaded by servers: messages with other files cost no look. */
const HOSTED_FILE = 'cfile_'
