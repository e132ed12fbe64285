import { ParleyError, type ThreadMetadata } from '@parley/protocol'
import { cloneJson } from '../base/json.js'
import type { Trace } from '../base/trace.js'
import type { CallContext, RunContext } from '../runnable/runnable.js'
import type { LiveRun } from './live-run.js'
import type { Parts } from './parts.js'

/** What an app may use of its thread. */
export function createCallContext<Context>(
  thread: ThreadMetadata,
  context: Context,
  { store, ids, attachments }: Parts<Context>,
): CallContext<Context> {
  return {
    thread,
    context,
    loadItems: (page) => store.loadThreadItems(thread.id, page, context),
    readItems: (page) =>
      store.readThreadItems
        ? store.readThreadItems(thread.id, page, context)
        : store.loadThreadItems(thread.id, page, context),
    loadItem: (itemId) => store.loadItem(thread.id, itemId, context),
    saveItem: (item) => store.saveItem(thread.id, item, context),
    loadAttachment: (attachmentId) => store.loadAttachment(attachmentId, context),
    readAttachment: async (attachmentId, maxBytes) =>
      (await attachments?.readAttachment?.(attachmentId, context, maxBytes)) ?? null,
    async saveFile(file) {
      if (!attachments?.writeAttachment || !attachments.addressOf) throw new ParleyError('not_configured', NO_FILES)
      const attachment = await attachments.writeAttachment(file, context)
      await store.saveAttachment({ ...attachment, thread_id: thread.id }, context)
      return { attachment, address: await attachments.addressOf(attachment.id, context) }
    },
    loadMemory: async () => (await store.loadThreadMemory?.(thread.id, context)) ?? null,
    saveMemory: async (memory) => store.saveThreadMemory?.(thread.id, memory, context),
    generateId: (kind) => ids(kind, { context, thread }),
  }
}

const NO_FILES = 'This server keeps no files that apps make: it was started without a place for them.'

export function createRunContext<Context>(
  run: LiveRun<Context>,
  trace: Trace,
  parts: Parts<Context>,
): RunContext<Context> {
  const { record, trigger, stop, thread, call } = run
  return {
    ...createCallContext(thread, call.context, parts),
    titling: call.titling ?? true,
    trace,
    run: { id: record.id, attempt: record.attempt, checkpoint: record.checkpoint },
    keepCheckpoint(state) {
      run.checkpoint = state
      parts.checkpoints.save(run)
    },
    breakpoints: run.breakpoints,
    afterwards: (work) => void run.afterwards.push(work),
    trigger: cloneJson(trigger), // readers hold the original
    signal: stop.signal,
  }
}
