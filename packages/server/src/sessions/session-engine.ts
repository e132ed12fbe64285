import type { Engine } from '../engine/engine.js'
import type { WorkspaceStore } from '../storage/workspace-store.js'
import { listRecentThreads, searchRecentThreads } from './recent-threads.js'
import type { SessionContext } from './session-context.js'
import { allowFile } from './session-files.js'

/**
 * The engine as sessions may use it: their history is as long as they allow, and so are their files. Callers without a
 * session pass through.
 */
export function sessionEngine<Context extends SessionContext>(
  engine: Engine<Context>,
  store: WorkspaceStore,
): Engine<Context> {
  return {
    ...engine,
    listThreads: (call, page) => listRecentThreads(engine, call, page),
    searchThreads: (call, query) => searchRecentThreads(engine, call, query),
    async createAttachment(call, file) {
      await allowFile(call.context.session, file, store)
      return engine.createAttachment(call, file)
    },
  }
}
