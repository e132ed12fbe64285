import type { ServerStore } from '../storage/workspace-store.js'
import type { TestRunner } from './test-runner.js'

/** Opens an empty store. */
export type OpenStore = () => Promise<{ store: ServerStore; close(): Promise<void> }>

/** Declares tests that each have a store of their own, closed when they end. */
export const storeTest =
  ({ it }: Pick<TestRunner, 'it'>, open: OpenStore) =>
  (title: string, body: (store: ServerStore) => Promise<void>) =>
    it(title, async () => {
      const { store, close } = await open()
      try {
        await body(store)
      } finally {
        await close()
      }
    })
