import type { Crons } from '../crons/crons.js'
import type { Phase } from './health.js'
import type { Parley } from './parley.js'
import { sealAnew } from './seal-anew.js'
import type { ServerParts } from './server-parts.js'

/** From the first request to the last: what works by itself begins with the server, and ends before it. */
export function lifecycle(
  { options, store, limiter, peers, uploads, engine, knowledge, log, ...parts }: ServerParts,
  crons: Crons,
): Pick<Parley, 'start' | 'drain' | 'close'> & { phase(): Phase } {
  const { oldSessions, oldThreads, expired, cancelledElsewhere, webhooks } = parts
  let phase: Phase = 'starting'

  async function drain(graceMs?: number): Promise<void> {
    phase = 'stopping'
    uploads?.unsent.stop()
    oldSessions.stop()
    oldThreads.stop()
    expired.stop()
    cancelledElsewhere.stop()
    crons.stop()
    webhooks?.stop()
    await knowledge.stop()
    await engine.close(graceMs)
  }

  return {
    phase: () => phase,
    async start() {
      await options.uploads?.files.prepare?.()
      const swept = await engine.sweep()
      await uploads?.unsent.start()
      await oldSessions.start()
      oldThreads.start()
      expired.start()
      await sealAnew([options.providers, options.secrets, options.mcpServers], log)
      cancelledElsewhere.start()
      crons.start()
      await knowledge.start()
      await engine.takeUp()
      webhooks?.start()
      phase = 'serving'
      return swept
    },
    drain,
    async close(graceMs) {
      try {
        await drain(graceMs)
      } finally {
        await Promise.all([store.close(), limiter.close(), peers.close(), options.mcpServers?.close()])
      }
    },
  }
}
