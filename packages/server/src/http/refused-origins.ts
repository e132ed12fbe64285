import type { Log } from '../base/log.js'

/** Anybody can make origins up. */
const MOST_TOLD = 100

/**
 * Says in the log, once for each, which pages may not call. Their browser shows a CORS error and hides the answer, so
 * this is the only place where the cure can be read.
 */
export function tellRefusedOrigins(log: Log): (origin: string) => void {
  const told = new Set<string>()
  return (origin) => {
    if (told.has(origin) || told.size >= MOST_TOLD) return
    told.add(origin)
    log.warn(
      'A page of another origin may not call this server. If it should, add the origin to PARLEY_ALLOWED_ORIGINS.',
      {
        origin: origin.slice(0, 200),
      },
    )
  }
}
