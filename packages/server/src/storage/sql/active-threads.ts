import type { Page, ThreadMetadata } from '@parley/protocol'
import type { Order, RunRecord, Scope } from '../store.js'
import type { ActiveThread, ActivityQuery } from '../workspace-store.js'
import { ownerKeys, toKey } from './keys.js'
import { all, type Script, type Statement, sql } from './script.js'
import { OWNED, unknownCursor } from './threads.js'

interface Row {
  id: string
  document: string
  run: string | null
}

const LATEST = '(select max(runs.sequence) from runs where runs.thread = threads.sequence)'

/** Where nothing ran, a thread stands by its creation, behind all where something did. */
const pages: Record<ActivityQuery['by'], Record<Order, Statement<Row>>> = {
  activity: {
    desc: sorted(`order by coalesce(${LATEST}, 0) desc, threads.sequence desc`),
    asc: sorted(`order by coalesce(${LATEST}, 0), threads.sequence`),
  },
  creation: { desc: sorted('order by threads.sequence desc'), asc: sorted('order by threads.sequence') },
}

function sorted(order: string): Statement<Row> {
  return sql(
    `select id, document, (select document from runs where sequence = ${LATEST}) as run from threads where ${OWNED} ${order}`,
  )
}

/** Of one person and app, whose threads are few enough to be put in order at once. */
export function* listActiveThreads(
  { by, order, limit, after }: ActivityQuery,
  owner: Scope,
): Script<Page<ActiveThread>> {
  const rows = yield* all(pages[by][order], ownerKeys(owner))
  const place = after === undefined ? -1 : rows.findIndex(({ id }) => id === toKey(after))
  if (after !== undefined && place === -1) throw unknownCursor()
  const data = rows.slice(place + 1, place + 1 + limit).map(toActiveThread)
  const has_more = rows.length > place + 1 + limit
  return has_more ? { data, has_more, after: data.at(-1)?.thread.id } : { data, has_more }
}

const toActiveThread = ({ document, run }: Row): ActiveThread => ({
  thread: JSON.parse(document) as ThreadMetadata, // written by saveThread
  ...(run !== null && { run: JSON.parse(run) as RunRecord }), // written by insertRun or endRun
})
