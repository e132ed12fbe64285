import type { RunEvent } from '@parley/protocol'

/** What a client that knows nothing of runs shows, with a button to try again. */
export const STOPPED_EARLY: RunEvent = {
  type: 'error',
  code: 'custom',
  message: 'The server was stopped before this answer was complete. What was written is kept. Please try again.',
  allow_retry: true,
}
