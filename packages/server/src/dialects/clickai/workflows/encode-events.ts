import type { RunPart } from '../../../engine/come-back.js'
import type { RunEncoder } from '../messages/encode-run.js'
import type { StreamEvent } from '../messages/event-schema.js'

/**
 * What a run does, for somebody who comes back to it. `withPast`: what has happened already is told as well; else of that
 * only how it ended, or what it waits for.
 */
export const encodeParts =
  ({ encode }: RunEncoder, { withPast }: { withPast: boolean }) =>
  (parts: readonly RunPart[]): StreamEvent[] =>
    parts.flatMap(({ events, isPast }) => {
      const told = events.map(encode)
      const isOver = events.at(-1)?.type === 'run.ended'
      return isPast && !withPast ? told.slice(isOver ? -1 : told.length).flat() : told.flat()
    })
