import type { Clock } from '../base/clock.js'
import { timedId } from '../base/random-id.js'
import { defaultIds, type MakeId } from '../engine/ids.js'
import type { SessionContext } from './session-context.js'

/** Threads and items of sessions have ids of the shape that OpenAI's hosted ChatKit gives them; some callers get UUIDs. */
export const sessionIds =
  (clock: Clock): MakeId<SessionContext> =>
  (kind, about) => {
    if (about.context.uuids) return crypto.randomUUID()
    if (!about.context.session || kind === 'run' || kind === 'attachment') return defaultIds(kind, about)
    return timedId(kind === 'thread' ? 'cthr' : 'cti', clock.now())
  }
