import { ParleyError } from '@parley/protocol'
import type { RunRecord, RunWrites, Scope } from '../store.js'
import type { ServerStore } from '../workspace-store.js'
import { appStore } from './apps.js'
import * as attachments from './attachments.js'
import { collection } from './collections.js'
import { cronStore } from './crons.js'
import { factStore } from './facts.js'
import { feedbackStore } from './feedback.js'
import * as items from './items.js'
import { knowledgeStore } from './knowledge.js'
import { loadLeftItems } from './left-items.js'
import { loginStore } from './login-store.js'
import { runEndStore } from './run-ends.js'
import * as runs from './runs.js'
import { first, type Script, type SqlDriver, sql } from './script.js'
import * as search from './search.js'
import * as memories from './thread-memories.js'
import * as threads from './threads.js'
import { traceStore } from './traces.js'
import { valueStore } from './values.js'
import { workspaceStore } from './workspace-store.js'

/** The store over an open database whose schema is up to date: what touches several rows is a transaction. */
export function sqlStore(driver: SqlDriver): ServerStore {
  const { run, write, transaction, close } = driver
  return {
    workspaces: workspaceStore(driver),
    apps: appStore(driver),
    providers: collection('providers', driver),
    secrets: collection('secrets', driver),
    knowledgeTags: collection('knowledge_tags', driver),
    knowledgeFiles: collection('knowledge_files', driver),
    annotations: collection('annotations', driver),
    mcpServers: collection('mcp_servers', driver),
    knowledge: knowledgeStore(driver),
    feedback: feedbackStore(driver),
    values: valueStore(driver),
    crons: cronStore(driver),
    runEnds: runEndStore(driver),
    logins: loginStore(driver),
    traces: traceStore(driver),
    facts: factStore(driver),

    loadThread: (id, scope) => run(() => threads.loadThread(id, scope)),
    saveThread: (thread, scope) => write(() => threads.saveThread(thread, scope)),
    loadThreads: (page, scope) => run(() => threads.loadThreads(page, scope)),
    deleteThread: (id, scope) => transaction(() => threads.deleteThread(id, scope)),

    loadThreadItems: (threadId, page, scope) => run(() => items.loadThreadItems(threadId, page, scope)),
    addThreadItem: (threadId, item, scope) => write(() => items.addThreadItem(threadId, item, scope)),
    saveItem: (threadId, item, scope) => write(() => items.saveItem(threadId, item, scope)),
    loadItem: (threadId, id, scope) => run(() => items.loadItem(threadId, id, scope)),
    deleteThreadItem: (threadId, id, scope) => write(() => items.deleteThreadItem(threadId, id, scope)),

    saveAttachment: (attachment, scope) => write(() => attachments.saveAttachment(attachment, scope)),
    loadAttachment: (id, scope) => run(() => attachments.loadAttachment(id, scope)),
    deleteAttachment: (id, scope) => write(() => attachments.deleteAttachment(id, scope)),
    sweepAttachments: (sweep) => attachments.sweepAttachments(driver, sweep),

    searchThreads: (query, scope) => run(() => search.searchThreads(query, scope)),

    startRun: (record, writes, scope) => startRun(transaction, { record, writes, scope }),
    beginRun: (record, writes, scope) => transaction(() => runs.beginRun(record, writes, scope)),
    claimRun: (id, writes, scope) => transaction(() => runs.claimRun(id, writes, scope)),
    savePartials: (partials) => transaction(() => runs.savePartials(partials)),
    saveRun: (record) => run(() => runs.saveRun(record)),
    endRun: (record, writes, scope) => transaction(() => runs.endRun(record, writes, scope)),
    changeThread: (threadId, writes, scope) => transaction(() => runs.changeThread(threadId, writes, scope)),
    loadRun: (id, scope) => run(() => runs.loadRun(id, scope)),
    loadLeftItems: (threadId, scope) => run(() => loadLeftItems(threadId, scope)),
    loadThreadMemory: (id, scope) => run(() => memories.loadThreadMemory(id, scope)),
    saveThreadMemory: (id, memory, scope) => run(() => memories.saveThreadMemory(id, memory, scope)),
    loadLatestRun: (threadId, scope) => run(() => runs.loadLatestRun(threadId, scope)),
    loadRuns: (threadId, page, scope) => run(() => runs.loadRuns(threadId, page, scope)),
    deleteRun: (id, scope) => write(() => runs.deleteRun(id, scope)),
    listQueuedRuns: () => run(() => runs.listQueuedRuns()),
    sweepRuns: (now, keepsTraces = false) => transaction(() => runs.sweepRuns(now, keepsTraces)),

    check: () => run(signOfLife),
    close,
  }
}

const aliveStatement = sql<{ alive: number }>('select 1 as alive')

function* signOfLife(): Script<void> {
  yield* first(aliveStatement, [])
}

interface Start {
  record: RunRecord
  writes: RunWrites
  scope: Scope
}

/** Undoes a start whose request id somebody else's transaction took after we had looked for it. */
class TakenMeanwhile extends Error {}

async function startRun(
  transaction: SqlDriver['transaction'],
  start: Start,
): Promise<{ run: RunRecord; created: boolean }> {
  try {
    return await transaction(() => startOnce(start))
  } catch (thrown) {
    if (!(thrown instanceof TakenMeanwhile)) throw thrown
    return transaction(() => findStarted(start))
  }
}

function* startOnce({ record, writes, scope }: Start): Script<{ run: RunRecord; created: boolean }> {
  const earlier = record.request_id === undefined ? null : yield* runs.loadRunByRequest(record.request_id, scope)
  if (earlier) return { run: earlier, created: false }
  const inserted = yield* runs.insertRun(record, writes, scope)
  if (!inserted) throw new TakenMeanwhile()
  return { run: record, created: true }
}

function* findStarted({ record, scope }: Start): Script<{ run: RunRecord; created: boolean }> {
  const earlier = record.request_id === undefined ? null : yield* runs.loadRunByRequest(record.request_id, scope)
  if (!earlier) throw new ParleyError('conflict', 'A run with this id exists already.')
  return { run: earlier, created: false }
}
