import { ParleyError, type ThreadItem, type ThreadMetadata, type UserMessageItem } from '@parley/protocol'
import type { RunTrigger } from '../runnable/runnable.js'
import type { RunRecord } from '../storage/store.js'
import { deleteFilesOfRemoved } from './attachments.js'
import { planTurn, type Turn, withTurn } from './branches.js'
import type { Call, RunStream, StartOptions } from './engine.js'
import type { Parts } from './parts.js'
import type { Starter, StartPlan } from './start-run.js'

const PAGE = 20

export interface RetryRequest<Context> {
  call: Call<Context>
  threadId: string
  itemId: string
  options: StartOptions
}

/** Answers a message again: what came after it goes, with its files, or stays as a branch; the message itself stays as it is. */
export async function retryAfterItem<Context>(
  { parts, starter }: { parts: Parts<Context>; starter: Starter<Context> },
  { call, threadId, itemId, options }: RetryRequest<Context>,
): Promise<RunStream> {
  let removed: ThreadItem[] = []
  const stream = await starter.startOn({
    call,
    threadId,
    options,
    ask: { type: 'retry', itemId },
    async prepare() {
      const retry = await planRetry(parts, { call, threadId, itemId, options })
      removed = retry.removed
      return retry.plan
    },
  })
  await deleteFilesOfRemoved(parts, call.context, { threadId, removed })
  return stream
}

export async function planRetry<Context>(
  parts: Parts<Context>,
  { call: { context }, threadId, itemId, options: { branching } }: RetryRequest<Context>,
): Promise<{ plan: StartPlan; removed: ThreadItem[] }> {
  const thread = await parts.store.loadThread(threadId, context)
  const turn = branching ? await planTurn(parts, context, { threadId, behind: itemId }) : undefined
  const target = turn?.items.at(-1) ?? (await parts.store.loadItem(threadId, itemId, context))
  if (target.type !== 'user_message') {
    throw new ParleyError('not_retryable', 'Only a message of the person can be answered again.')
  }
  const trigger = { type: 'retry' as const, item: target }
  if (turn && turn.items.length > 0) return { plan: turnedPlan(thread, trigger, turn), removed: [] }
  const removed = await loadNewer(parts, context, target)
  const latest = await parts.store.loadLatestRun(threadId, context)
  if (latest && wasCutOff(latest, [target, ...removed])) return planGoOn(latest, { thread, target, newer: removed })
  if (turn) return { plan: turnedPlan(thread, trigger, turn), removed: [] }
  const writes = { removedItemIds: removed.map(({ id }) => id) }
  return { plan: { thread, trigger, writes, opening: { events: [] } }, removed }
}

const turnedPlan = (thread: ThreadMetadata, trigger: RunTrigger, turn: Turn): StartPlan => ({
  thread,
  trigger,
  writes: withTurn({}, turn),
  back: turn.back,
  opening: { events: [] },
})

/** A crash or a stop has ended the run, and its app has kept what it needs to go on. */
const wasCutOff = ({ status, checkpoint, trigger }: RunRecord, items: ThreadItem[]): boolean =>
  status === 'interrupted' && checkpoint !== undefined && items.some(({ id }) => id === trigger.item_id)

/** Goes on where the run was cut off, so that nothing it had finished is done again. */
function planGoOn(
  run: RunRecord,
  { thread, target, newer }: { thread: ThreadMetadata; target: UserMessageItem; newer: ThreadItem[] },
): { plan: StartPlan; removed: ThreadItem[] } {
  const { trigger, removed, kept, isTold } = whereItStopped(run, { target, newer })
  const plan: StartPlan = {
    thread,
    trigger,
    writes: { removedItemIds: removed.map(({ id }) => id) },
    opening: { events: [], afterOptions: kept.map((item) => ({ type: 'thread.item.done', item })) },
    goesOnWith: {
      checkpoint: run.checkpoint,
      ...(!isTold && { checkpoint_attempt: 1 }),
      checkpoint_item_ids: kept.map(({ id }) => id),
    },
  }
  return { plan, removed }
}

/** Where an app goes on that was stopped in the middle. */
interface Stopped {
  trigger: RunTrigger
  /** What was written after its last checkpoint, newest first: it will be written again. */
  removed: ThreadItem[]
  /** Everything else behind the message, oldest first. */
  kept: ThreadItem[]
  /** It had been told a person's decision and not come further, so that it is told once more. */
  isTold: boolean
}

/** @param newer everything behind the message that the run answers, newest first */
export function whereItStopped(
  { attempt, checkpoint_attempt, checkpoint_item_ids = [] }: RunRecord,
  { target, newer }: { target: UserMessageItem; newer: ThreadItem[] },
): Stopped {
  const told = newer.findIndex((item) => item.type === 'structured_input' && item.status !== 'pending')
  const form = checkpoint_attempt === attempt ? undefined : newer[told]
  const isKept = (item: ThreadItem, index: number) => (form ? index >= told : checkpoint_item_ids.includes(item.id))
  const removed = newer.filter((item, index) => !isKept(item, index))
  const kept = newer.filter(isKept).toReversed()
  const isTold = form?.type === 'structured_input'
  return {
    trigger: isTold ? { type: 'structured_input', item: form } : { type: 'retry', item: target },
    removed,
    kept,
    isTold,
  }
}

/** Everything behind an item, newest first. */
export async function loadNewer<Context>(
  { store }: Pick<Parts<Context>, 'store'>,
  context: Context,
  target: Pick<ThreadItem, 'id' | 'thread_id'>,
): Promise<ThreadItem[]> {
  const newer: ThreadItem[] = []
  let after: string | undefined
  do {
    const page = await store.loadThreadItems(target.thread_id, { limit: PAGE, order: 'desc', after }, context)
    for (const item of page.data) {
      if (item.id === target.id) return newer
      newer.push(item)
    }
    after = page.after
  } while (after !== undefined)
  return newer
}
