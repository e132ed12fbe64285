import type { Clock } from './clock.js'

/** How long what the store said may be used again: other servers on the same database hear of a change that late. */
const LIFETIME_MS = 5000
const MOST = 10_000

/** Credentials that were checked a moment ago, so that a busy caller costs no look into the store. */
export interface RecentlyChecked<Found extends { id: string }> {
  find(credential: string, load: () => Promise<Found | null>): Promise<Found | null>
  /** Called when this server itself changes the record. */
  forget(id: string): void
}

export function recentlyChecked<Found extends { id: string }>(clock: Clock): RecentlyChecked<Found> {
  const known = new Map<string, { found: Found; until: number }>()
  let changes = 0
  return {
    async find(credential, load) {
      const now = clock.now().getTime()
      const recent = known.get(credential)
      if (recent && recent.until > now) return recent.found
      known.delete(credential)
      const before = changes
      const found = await load()
      // What nobody has made is not worth a place, and what changed meanwhile is old already.
      if (!found || changes !== before) return found
      if (known.size >= MOST) known.clear()
      known.set(credential, { found, until: now + LIFETIME_MS })
      return found
    },
    forget(id) {
      changes += 1
      for (const [credential, { found }] of known) if (found.id === id) known.delete(credential)
    },
  }
}
