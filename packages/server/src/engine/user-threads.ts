import { ParleyError } from '@parley/protocol'
import type { PageQuery } from '../storage/store.js'
import type { OwnedThread, Within, WorkspaceStore } from '../storage/workspace-store.js'

export type { OwnedThread } from '../storage/workspace-store.js'

/** Of a thread that was made before anybody said which app it is for. No app has this id. */
export const NO_APP = ''

/** The threads of one user in all apps, for clients that name a thread and no app. */
export interface UserThreads {
  /** @throws {ParleyError} `thread_not_found` */
  find(threadId: string, within: UsersThreads): Promise<OwnedThread>
  /** By creation. @throws {ParleyError} `invalid_cursor` */
  list(
    page: PageQuery,
    within: UsersThreads,
  ): Promise<{ data: OwnedThread[]; has_more: boolean; after?: string | undefined }>
  /** Makes sure that a thread is of an app: one that no app has run on yet becomes so. @throws {ParleyError} `forbidden` */
  bind(thread: OwnedThread, appId: string): Promise<OwnedThread>
}

/** Whose threads, and of which app if the caller reaches one alone. */
export type UsersThreads = Within & { userId: string }

export const userThreads = (store: WorkspaceStore): UserThreads => ({
  find: (threadId, within) => store.findThread(threadId, within),
  list: (page, within) => store.listThreads(page, within),
  async bind(owned, appId) {
    const { thread, owner } = owned
    if (owner.appId === appId) return owned
    if (await store.moveThread(thread.id, owner, appId)) return { thread, owner: { ...owner, appId } }
    throw new ParleyError(
      'forbidden',
      'Another assistant has answered in this thread. Start a new thread for this one.',
    )
  },
})
