import { ParleyError } from '@parley/protocol'
import type { UserExportLine } from '@parley/protocol/admin'
import type { Sessions } from '../auth/sessions.js'
import type { Scope } from '../storage/store.js'
import type { UserCounts } from '../storage/workspace-store.js'
import { deleteThread } from './delete-thread.js'
import { exportUser } from './export-user.js'
import type { UserDataParts } from './user-data-parts.js'

/** Everything that is kept of one user of a workspace. */
export interface UserData {
  /**
   * Reads all of it, a page at a time; what is written meanwhile may be missing.
   * @throws {ParleyError} `not_found` when there is nothing of this user
   */
  export(workspaceId: string, userId: string): Promise<AsyncIterable<UserExportLine>>
  /**
   * Ends the user's sessions and running answers, then removes threads with their messages, runs and files, files that
   * were never sent, and sessions. @throws {ParleyError} `not_found`, or `conflict` when the user goes on writing
   */
  delete(workspaceId: string, userId: string): Promise<DeletedCounts>
}

export interface DeletedCounts {
  threads: number
  attachments: number
  sessions: number
}

/** Enough for a page of work between two looks at what the user does meanwhile. */
const PAGE = 100
/** Somebody who writes faster than this many rounds remove has to be kept out first. */
const MOST_ROUNDS = 20

export function userData<Context extends Scope>(parts: UserDataParts<Context>): UserData {
  const { store } = parts

  async function load(workspaceId: string, userId: string): Promise<UserCounts> {
    const user = await store.workspaces.loadUser(workspaceId, userId)
    if (user) return user
    throw new ParleyError('not_found', `There is nothing of a user "${userId}" here.`)
  }

  return {
    async export(workspaceId, userId) {
      await load(workspaceId, userId)
      return exportUser(parts, workspaceId, userId)
    },
    async delete(workspaceId, userId) {
      const { files } = await load(workspaceId, userId)
      const counts: DeletedCounts = { threads: 0, attachments: files, sessions: 0 }
      for (let round = 0; round < MOST_ROUNDS; round += 1) {
        await deleteRound(parts, { workspaceId, userId, counts })
        if (!(await store.workspaces.loadUser(workspaceId, userId))) return counts
      }
      throw new ParleyError(
        'conflict',
        `The user "${userId}" goes on writing. Take away what they sign in with, then delete once more.`,
      )
    },
  }
}

interface Deletion {
  workspaceId: string
  userId: string
  counts: DeletedCounts
}

/** Removes all there is; what the user starts meanwhile is left to the next round. */
async function deleteRound<Context extends Scope>(
  parts: UserDataParts<Context>,
  { workspaceId, userId, counts }: Deletion,
): Promise<void> {
  const { engine, store } = parts
  await cancelSessions(parts, workspaceId, userId)
  await engine.cancelRunsOf((context) => context.workspaceId === workspaceId && context.userId === userId)
  counts.threads += await deleteThreads(parts, workspaceId, userId)
  await deleteAttachments(parts, workspaceId, userId)
  counts.sessions += await store.workspaces.forgetUser(workspaceId, userId)
}

/** First, so that no client secret starts anything more. */
async function cancelSessions(
  { sessions }: { sessions: Sessions },
  workspaceId: string,
  userId: string,
): Promise<void> {
  // Those that were cancelled are not on the list any more: it begins anew.
  for (let more = true; more; ) {
    const page = { limit: PAGE, order: 'asc' as const }
    const { data, has_more } = await sessions.list(page, { userId, status: 'active' }, { workspaceId })
    for (const { id } of data) await sessions.cancel(id, { workspaceId })
    more = has_more
  }
}

/** A thread goes with its messages, its runs and the files that were sent in it. */
async function deleteThreads<Context extends Scope>(
  parts: UserDataParts<Context>,
  workspaceId: string,
  userId: string,
): Promise<number> {
  for (let count = 0; ; ) {
    const { data } = await parts.store.workspaces.listThreads({ limit: PAGE, order: 'asc' }, { workspaceId, userId })
    if (data.length === 0) return count
    for (const found of data) {
      await deleteThread(parts, found)
      count += 1
    }
  }
}

/** What is left: files that no thread has. */
async function deleteAttachments<Context extends Scope>(
  { store, attachments, contextOf }: UserDataParts<Context>,
  workspaceId: string,
  userId: string,
): Promise<void> {
  for (;;) {
    const found = await store.workspaces.listAttachments(workspaceId, userId, { limit: PAGE })
    if (found.length === 0) return
    for (const { attachment, owner } of found) {
      await attachments?.deleteAttachment(attachment.id, contextOf(owner))
      await store.deleteAttachment(attachment.id, owner)
    }
  }
}
