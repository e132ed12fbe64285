import type { Clock } from '../base/clock.js'
import type { Log } from '../base/log.js'
import type { KnowledgeDocumentRecord, KnowledgeStore, PassageHits } from '../storage/knowledge-store.js'

/** How long counts wait for others before they are written: no search waits for them. */
const WRITTEN_AFTER_MS = 1_000

/** A passage that counts how often it is found. */
export interface CountedPassage {
  id: string
  hits: number
  document: { record: KnowledgeDocumentRecord }
}

export interface HitCounter {
  count(passages: readonly CountedPassage[]): void
  /** Writes what is not written yet. */
  flush(): Promise<void>
}

/** Counts how often passages are found, beside the searches that find them. */
export function createHitCounter({ store, clock, log }: { store: KnowledgeStore; clock: Clock; log: Log }): HitCounter {
  let counted = new Map<CountedPassage, number>()
  let writing = Promise.resolve()
  let callOff: (() => void) | undefined

  async function write(hits: typeof counted): Promise<void> {
    const bases = new Map<string, { place: [string, string]; all: PassageHits[] }>()
    for (const [{ id, document }, count] of hits) {
      const { id: document_id, workspace_id, base_id } = document.record
      const key = JSON.stringify([workspace_id, base_id])
      const base = bases.get(key) ?? { place: [workspace_id, base_id], all: [] }
      base.all.push({ document_id, passage_id: id, hits: count })
      bases.set(key, base)
    }
    for (const { place, all } of bases.values()) await store.countHits(...place, all)
  }

  function flush(): Promise<void> {
    callOff?.()
    callOff = undefined
    const hits = counted
    counted = new Map()
    if (hits.size > 0)
      writing = writing
        .then(() => write(hits))
        .catch((cause: unknown) => log.warn('How often passages were found could not be counted.', { cause }))
    return writing
  }

  return {
    count(passages) {
      for (const passage of passages) {
        passage.hits += 1
        counted.set(passage, (counted.get(passage) ?? 0) + 1)
      }
      if (counted.size > 0) callOff ??= clock.after(WRITTEN_AFTER_MS, () => void flush())
    },
    flush,
  }
}
