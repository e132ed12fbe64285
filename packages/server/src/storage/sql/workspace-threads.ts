import type { Page, ThreadMetadata } from '@parley/protocol'
import type { PageQuery } from '../store.js'
import type { OwnedThread, Within } from '../workspace-store.js'
import { type Filter, filteredPages } from './filtered-pages.js'
import { toKey } from './keys.js'
import { originalId } from './long-ids.js'
import { first, type Script, sql } from './script.js'
import { threadNotFound } from './threads.js'

interface Row {
  document: string
  user_id: string
  app_id: string
  long_user: string | null
}

const COLUMNS = 'main.document, main.user_id, main.app_id, long_ids.id as long_user'
const TABLES = 'threads as main left join long_ids on long_ids.digest = main.user_id'

const find = sql<Row>(`select ${COLUMNS} from ${TABLES} where main.workspace_id = $1 and main.id = $2`)
const readPage = filteredPages<Row>(COLUMNS, TABLES)

export function* findThread(threadId: string, within: Within): Script<OwnedThread> {
  const row = yield* first(find, [toKey(within.workspaceId), toKey(threadId)])
  const found = row && toOwnedThread(row, within)
  if (!found) throw threadNotFound()
  const { userId = found.owner.userId, appId = found.owner.appId } = within
  if (found.owner.userId !== userId || found.owner.appId !== appId) throw threadNotFound()
  return found
}

export function* listThreads(query: PageQuery, within: Within): Script<Page<OwnedThread>> {
  const filters: Filter[] = [
    ['main.user_id = $', within.userId && toKey(within.userId)],
    ['main.app_id = $', within.appId && toKey(within.appId)],
  ]
  return yield* readPage(query, {
    workspace: toKey(within.workspaceId),
    filters,
    toKey,
    toEntry: (row) => toOwnedThread(row, within),
    idOf: ({ thread }) => thread.id,
  })
}

function toOwnedThread({ document, user_id, app_id, long_user }: Row, { workspaceId }: Within): OwnedThread {
  return {
    thread: JSON.parse(document) as ThreadMetadata, // written by saveThread
    owner: { workspaceId, userId: originalId(user_id, long_user), appId: app_id },
  }
}
