import type { Clock } from '../base/clock.js'
import type { Log } from '../base/log.js'
import type { Engine } from '../engine/engine.js'
import type { WorkspaceStore } from '../storage/workspace-store.js'
import type { SessionContext } from './session-context.js'

/** How long an answer may go on whose session another server cancelled. */
const EVERY_MS = 5_000

export interface CancelledElsewhereParts<Context extends SessionContext> {
  engine: Pick<Engine<Context>, 'callersOfRuns' | 'cancelRunsOf'>
  store: WorkspaceStore
  clock: Clock
  log: Log
}

/**
 * Ends answers whose session was cancelled at another server of the same database: that one knows nothing of them. Asks the
 * database only while a session is being answered here.
 */
export function cancelledElsewhere<Context extends SessionContext>(parts: CancelledElsewhereParts<Context>) {
  const { engine, store, clock, log } = parts
  let cancelNext: () => void = () => undefined
  let stopped = false

  async function isCancelled(workspaceId: string, id: string): Promise<boolean> {
    const session = await store.loadSession(workspaceId, id)
    return session?.cancelled_at !== undefined
  }

  async function look(): Promise<void> {
    const sessions = new Map(engine.callersOfRuns().flatMap(({ session }) => (session ? [[session.id, session]] : [])))
    try {
      for (const { id, workspace_id } of sessions.values())
        if (await isCancelled(workspace_id, id)) await engine.cancelRunsOf(({ session }) => session?.id === id)
    } catch (cause) {
      log.error('Whether sessions were cancelled elsewhere could not be read; the next try is in a moment.', { cause })
    }
  }

  function start(): void {
    if (!stopped) cancelNext = clock.after(EVERY_MS, () => void look().then(start))
  }

  return {
    start,
    stop() {
      stopped = true
      cancelNext()
    },
  }
}
