import { type FeedbackKind, ParleyError, type ThreadItem } from '@parley/protocol'
import { pagesOf } from '../base/pages-of.js'
import type { FeedbackRecord, FeedbackStore } from '../storage/feedback-store.js'
import type { RunRecord } from '../storage/store.js'
import type { Call, Opinion } from './engine.js'
import { type Parts, timestamp } from './parts.js'

/** Keeps what the person thinks of items, and tells the app. Items that are not there are left out, as in the reference. */
export async function addFeedback<Context>(
  parts: Parts<Context>,
  call: Call<Context>,
  feedback: { threadId: string; itemIds: string[]; kind: FeedbackKind },
): Promise<void> {
  const { threadId, itemIds, kind } = feedback
  await parts.store.loadThread(threadId, call.context)
  if (parts.feedback)
    for (const subjectId of new Set(itemIds)) {
      const saving = saveFeedback(parts, call, { threadId, subjectId, kind })
      await saving.catch((thrown: unknown) => {
        if (!(thrown instanceof ParleyError && thrown.code === 'item_not_found')) throw thrown
      })
    }
  await call.app.addFeedback?.(feedback, call.context)
}

/** @throws {ParleyError} `item_not_found`: neither an item nor a run of the thread has the id */
export async function saveFeedback<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  { threadId, subjectId, kind, content }: Opinion,
): Promise<FeedbackRecord> {
  const kept = storeOf(parts)
  const subject = await findSubject(parts, context, { threadId, subjectId })
  const known = await kept.load(threadId, subject, context)
  const now = timestamp(parts)
  const feedback: FeedbackRecord = {
    id: known?.id ?? crypto.randomUUID(),
    thread_id: threadId,
    subject_id: subject,
    kind,
    ...(content !== undefined && { content }),
    created_at: known?.created_at ?? now,
    updated_at: now,
  }
  await kept.save(feedback, context)
  return feedback
}

export async function loadFeedback<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
  subjectId: string,
): Promise<FeedbackRecord | null> {
  await parts.store.loadThread(threadId, context)
  const subject = await findSubjectOrNone(parts, context, { threadId, subjectId })
  return subject === undefined ? null : storeOf(parts).load(threadId, subject, context)
}

export async function listFeedback<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
): Promise<FeedbackRecord[]> {
  await parts.store.loadThread(threadId, context)
  return storeOf(parts).listOfThread(threadId, context)
}

export async function deleteFeedback<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
  subjectId: string,
): Promise<boolean> {
  await parts.store.loadThread(threadId, context)
  const subject = await findSubjectOrNone(parts, context, { threadId, subjectId })
  return subject !== undefined && storeOf(parts).delete(threadId, subject, context)
}

function storeOf<Context>({ feedback }: Parts<Context>): FeedbackStore<Context> {
  if (feedback) return feedback
  throw new ParleyError('not_configured', 'This server keeps no feedback.')
}

interface InThread {
  threadId: string
  subjectId: string
}

/**
 * What an opinion is about: the whole answer, by its run, whichever of its items somebody pointed at; APIs that know no
 * items have the same opinion then. What people wrote, and what no run wrote, is itself.
 */
async function findSubject<Context>(
  { store }: Parts<Context>,
  context: Context,
  { threadId, subjectId }: InThread,
): Promise<string> {
  let item: ThreadItem
  try {
    item = await store.loadItem(threadId, subjectId, context)
  } catch (thrown) {
    if (!(thrown instanceof ParleyError && thrown.code === 'item_not_found')) throw thrown
    if ((await threadOfRun(store, context, subjectId)) !== threadId) throw thrown
    return subjectId
  }
  if (item.type === 'user_message') return subjectId
  const newest = pagesOf<RunRecord>((after) =>
    store.loadRuns(threadId, { limit: 100, order: 'desc', ...(after !== undefined && { after }) }, context),
  )
  for await (const runs of newest) {
    const run = runs.find(({ created_at }) => created_at <= item.created_at)
    if (run) return run.id
  }
  return subjectId
}

const findSubjectOrNone = <Context>(parts: Parts<Context>, context: Context, subject: InThread) =>
  findSubject(parts, context, subject).catch((thrown: unknown) => {
    if (thrown instanceof ParleyError && thrown.code === 'item_not_found') return undefined
    throw thrown
  })

async function threadOfRun<Context>(
  store: Parts<Context>['store'],
  context: Context,
  runId: string,
): Promise<string | undefined> {
  try {
    return (await store.loadRun(runId, context)).thread_id
  } catch (thrown) {
    if (thrown instanceof ParleyError && thrown.code === 'run_not_found') return undefined
    throw thrown
  }
}
