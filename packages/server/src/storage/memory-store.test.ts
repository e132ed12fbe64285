import { describe, expect, it } from 'vitest'
import { describeRunStore } from '../testing/describe-run-store.js'
import { describeStore } from '../testing/describe-store.js'
import { memoryRuns } from './memory-runs.js'
import { memoryStore } from './memory-store.js'

const open = async () => {
  const store = memoryRuns(memoryStore((user: string) => user))
  return { store, contextFor: (user: string) => user, close: () => store.close() }
}

describeStore({ describe, it, expect }, 'A8: memory', open)
describeRunStore({ describe, it, expect }, 'memory', open)
