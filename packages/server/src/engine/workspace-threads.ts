import type { Page, ThreadItem } from '@parley/protocol'
import type { Runnable } from '../runnable/runnable.js'
import type { Order, PageQuery, Scope } from '../storage/store.js'
import type { OwnedThread, Within, WorkspaceStore } from '../storage/workspace-store.js'
import type { Engine } from './engine.js'

export type { OwnedThread, Within } from '../storage/workspace-store.js'

/** The threads of all users of a workspace, for a server that holds its key. Foreign threads look missing. */
export interface WorkspaceThreads {
  /** @throws {ParleyError} `thread_not_found` */
  get(threadId: string, within: Within): Promise<OwnedThread>
  /** @throws {ParleyError} `invalid_cursor` */
  list(page: PageQuery, within: Within): Promise<Page<OwnedThread>>
  /** Visible items. @throws {ParleyError} `thread_not_found` or `invalid_cursor` */
  listItems(
    threadId: string,
    page: { limit: number; order: Order; after?: string },
    within: Within,
  ): Promise<Page<ThreadItem>>
  /** Stops what runs on it and removes it with its items and files. @throws {ParleyError} `thread_not_found` */
  delete(threadId: string, within: Within): Promise<void>
}

/** @param contextOf What the engine knows the owner of a thread by. */
export function workspaceThreads<Context>(
  engine: Engine<Context>,
  store: WorkspaceStore,
  contextOf: (owner: Scope) => Context,
): WorkspaceThreads {
  const callFor = ({ owner }: OwnedThread) => ({ app: WITHOUT_APP, context: contextOf(owner) })
  return {
    get: (threadId, within) => store.findThread(threadId, within),
    list: (page, within) => store.listThreads(page, within),
    async listItems(threadId, page, within) {
      return engine.listItems(callFor(await store.findThread(threadId, within)), threadId, page)
    },
    async delete(threadId, within) {
      await engine.deleteThread(callFor(await store.findThread(threadId, within)), threadId)
    },
  }
}

/** Threads can be read and removed although their app is gone: none of that asks the app. */
export const WITHOUT_APP: Runnable<unknown> = {
  async *run() {
    // never started: a workspace writes no messages
  },
}
