import type { Page } from '@parley/protocol'
import type { UserExportLine } from '@parley/protocol/admin'
import { toBase64 } from '../base/base64.js'
import type { PageQuery, RunRecord, Scope } from '../storage/store.js'
import type { AttachmentPlace, OwnedThread, ServerStore } from '../storage/workspace-store.js'
import type { UserDataParts } from './user-data-parts.js'

const PAGE = 100
/** Bytes of a file in one line: a multiple of three, so that lines also make one whole Base64 text. */
const PART_BYTES = 192 * 1024

/** Everything of one user, line by line. Never more than a page of documents, or one part of a file, is in memory. */
export async function* exportUser<Context extends Scope>(
  parts: UserDataParts<Context>,
  workspaceId: string,
  userId: string,
): AsyncGenerator<UserExportLine, void, undefined> {
  const { store, sessions, clock } = parts
  const counts = { threads: 0, items: 0, runs: 0, attachments: 0, sessions: 0 }
  yield {
    type: 'export',
    format: 1,
    workspace: workspaceId,
    user: userId,
    created_at: clock.now().toISOString(),
  }
  for await (const owned of pages((page) => store.workspaces.listThreads(page, { workspaceId, userId }))) {
    counts.threads += 1
    for await (const line of exportThread(parts, owned)) {
      if (line.type === 'item') counts.items += 1
      if (line.type === 'run') counts.runs += 1
      yield line
    }
  }
  for (const { appId, facts } of await store.facts.listFacts(workspaceId, userId))
    for (const fact of facts) yield { type: 'fact', app: appId, fact }
  for await (const line of exportAttachments(parts, workspaceId, userId)) {
    if (line.type === 'attachment') counts.attachments += 1
    yield line
  }
  const owner = { workspaceId, userId }
  const now = parts.clock.now().toISOString()
  for await (const value of pages((page) => store.values.list(page, owner, now))) yield { type: 'value', value }
  for (const schedule of await store.crons.list(owner)) yield { type: 'schedule', schedule }
  for await (const session of pages((page) => sessions.list(page, { userId }, { workspaceId }))) {
    counts.sessions += 1
    yield { type: 'session', session }
  }
  yield { type: 'end', counts }
}

async function* exportThread<Context extends Scope>(
  { store }: UserDataParts<Context>,
  { thread, owner }: OwnedThread,
): AsyncGenerator<UserExportLine, void, undefined> {
  const { id } = thread
  yield { type: 'thread', app: owner.appId, thread }
  const memory = await store.loadThreadMemory?.(id, owner)
  if (memory) yield { type: 'notes', thread_id: id, ...memory }
  for await (const item of pages((page) => store.loadThreadItems(id, page, owner)))
    yield { type: 'item', thread_id: id, item }
  for (const left of (await store.loadLeftItems?.(id, owner)) ?? []) yield { type: 'left_item', thread_id: id, ...left }
  for await (const run of pages((page) => store.loadRuns(id, page, owner))) yield* exportRun(store, { run, owner })
  for (const feedback of await store.feedback.listOfThread(id, owner)) yield { type: 'feedback', feedback }
}

async function* exportRun(
  { traces }: ServerStore,
  { run, owner }: { run: RunRecord; owner: Scope },
): AsyncGenerator<UserExportLine, void, undefined> {
  yield { type: 'run', thread_id: run.thread_id, run }
  const found = await traces.loadTrace(owner.workspaceId, run.id)
  if (found?.summary) yield { type: 'trace', run_id: run.id, summary: found.summary, spans: found.spans }
}

async function* exportAttachments<Context extends Scope>(
  parts: UserDataParts<Context>,
  workspaceId: string,
  userId: string,
): AsyncGenerator<UserExportLine, void, undefined> {
  const { store } = parts
  for (let after: AttachmentPlace | undefined, more = true; more; ) {
    const page = { limit: PAGE, ...(after && { after }) }
    const found = await store.workspaces.listAttachments(workspaceId, userId, page)
    for (const { attachment, owner } of found) {
      yield { type: 'attachment', app: owner.appId, attachment }
      const bytes = await openFile(parts, attachment.id, owner)
      if (!bytes) continue
      let part = 0
      for await (const data of inParts(bytes)) {
        yield { type: 'file', attachment_id: attachment.id, part, data: toBase64(data) }
        part += 1
      }
    }
    const last = found.at(-1)
    after = last && { appId: last.owner.appId, id: last.attachment.id }
    more = found.length === PAGE
  }
}

async function openFile<Context extends Scope>(
  { attachments, openFile: open, contextOf }: UserDataParts<Context>,
  attachmentId: string,
  owner: Scope,
): Promise<ReadableStream<Uint8Array> | null> {
  if (open) return open(attachmentId)
  const whole = await attachments?.readAttachment?.(attachmentId, contextOf(owner), Number.MAX_SAFE_INTEGER)
  return whole ? new Blob([new Uint8Array(whole.data)]).stream() : null
}

/** The bytes in parts of one size, but for the last. */
async function* inParts(bytes: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let part = new Uint8Array(PART_BYTES)
  let filled = 0
  const reader = bytes.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      for (let rest = next.value; rest.length > 0; ) {
        const taken = rest.subarray(0, PART_BYTES - filled)
        part.set(taken, filled)
        filled += taken.length
        rest = rest.subarray(taken.length)
        if (filled < PART_BYTES) continue
        yield part
        part = new Uint8Array(PART_BYTES)
        filled = 0
      }
    }
    if (filled > 0) yield part.subarray(0, filled)
  } finally {
    await reader.cancel()
  }
}

/** Every row of a list, page by page. When the row that is the cursor goes meanwhile, the export fails, and is not whole. */
async function* pages<Entry>(load: (page: PageQuery) => Promise<Page<Entry>>): AsyncGenerator<Entry, void, undefined> {
  for (let after: string | undefined, more = true; more; ) {
    const page = await load({ limit: PAGE, order: 'asc', ...(after !== undefined && { after }) })
    yield* page.data
    after = page.after
    more = page.has_more && after !== undefined
  }
}
