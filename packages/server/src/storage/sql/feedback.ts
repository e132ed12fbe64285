import type { Page } from '@parley/protocol'
import type { FeedbackRecord, FeedbackStore, OwnedFeedback } from '../feedback-store.js'
import type { PageQuery, Scope } from '../store.js'
import type { Within } from '../workspace-store.js'
import { type Filter, filteredPages } from './filtered-pages.js'
import { toKey } from './keys.js'
import { originalId } from './long-ids.js'
import type { Place } from './page.js'
import { all, first, type Script, type SqlDriver, sql } from './script.js'
import { THREAD, threadKeys, threadNotFound } from './threads.js'

const OF_THREAD = `thread = (select sequence from threads where ${THREAD})`

const add = sql<{ sequence: Place }>(
  `insert into feedback (thread, workspace_id, subject, id, document)
   select sequence, $1, $5, $6, $7 from threads where ${THREAD}
   on conflict (thread, subject) do update set id = excluded.id, document = excluded.document
   returning sequence`,
)
const load = sql<{ document: string }>(`select document from feedback where ${OF_THREAD} and subject = $5`)
const ofThread = sql<{ document: string }>(`select document from feedback where ${OF_THREAD} order by sequence`)
const remove = sql<{ sequence: Place }>(`delete from feedback where ${OF_THREAD} and subject = $5 returning sequence`)

interface Row {
  document: string
  user_id: string
  app_id: string
  long_user: string | null
}
const readPage = filteredPages<Row>(
  'main.document, threads.user_id, threads.app_id, long_ids.id as long_user',
  `feedback as main join threads on threads.sequence = main.thread
   left join long_ids on long_ids.digest = threads.user_id`,
)

export const feedbackStore = ({ run }: SqlDriver): FeedbackStore<Scope> => ({
  save: (feedback, owner) => run(() => save(feedback, owner)),
  load: (threadId, subjectId, owner) => run(() => loadOne(threadId, subjectId, owner)),
  listOfThread: (threadId, owner) =>
    run(function* () {
      return (yield* all(ofThread, threadKeys(threadId, owner))).map(toFeedback)
    }),
  delete: (threadId, subjectId, owner) =>
    run(function* () {
      return (yield* first(remove, [...threadKeys(threadId, owner), toKey(subjectId)])) !== undefined
    }),
})

/** What all users of a workspace think, by creation. */
export function* listFeedback(page: PageQuery, within: Within): Script<Page<OwnedFeedback>> {
  const { workspaceId } = within
  const filters: Filter[] = [
    ['threads.user_id = $', within.userId && toKey(within.userId)],
    ['threads.app_id = $', within.appId && toKey(within.appId)],
  ]
  return yield* readPage(page, {
    workspace: toKey(workspaceId),
    filters,
    toKey,
    toEntry: (row): OwnedFeedback => ({
      feedback: toFeedback(row),
      owner: { workspaceId, userId: originalId(row.user_id, row.long_user), appId: row.app_id },
    }),
    idOf: ({ feedback }) => feedback.id,
  })
}

function* save(feedback: FeedbackRecord, owner: Scope): Script<void> {
  const values = [toKey(feedback.subject_id), toKey(feedback.id), JSON.stringify(feedback)]
  const row = yield* first(add, [...threadKeys(feedback.thread_id, owner), ...values])
  if (!row) throw threadNotFound()
}

function* loadOne(threadId: string, subjectId: string, owner: Scope): Script<FeedbackRecord | null> {
  const row = yield* first(load, [...threadKeys(threadId, owner), toKey(subjectId)])
  return row ? toFeedback(row) : null
}

const toFeedback = ({ document }: { document: string }) => JSON.parse(document) as FeedbackRecord // written by save
