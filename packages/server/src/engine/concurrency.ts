import { ParleyError } from '@parley/protocol'
import type { ConcurrencyPolicy } from './engine.js'
import type { LiveRun } from './live-run.js'

/** How a start makes room on a thread whose run is still going on. `wait`: come back when the run has ended. */
const POLICIES: Record<ConcurrencyPolicy, <Context>(active: LiveRun<Context>) => Promise<'free' | 'wait'>> = {
  async reject() {
    throw new ParleyError('thread_busy', 'An answer is being written in this thread. Wait for its end, then try again.')
  },
  enqueue: async () => 'wait',
  interrupt: (active) => stopRun(active, 'cancelled'),
  rollback: (active) => stopRun(active, 'rolled_back'),
}

export const makeRoom = <Context>(active: LiveRun<Context>, policy: ConcurrencyPolicy) => POLICIES[policy](active)

async function stopRun<Context>(run: LiveRun<Context>, reason: 'cancelled' | 'rolled_back'): Promise<'free'> {
  run.stop.stop(reason)
  await run.ended
  return 'free'
}
