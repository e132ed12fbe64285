import { z } from 'zod'
import { idSchema, indexSchema, openObject } from '../chatkit/wire.js'

/** Reads a {@link NodePlace}. */
export const nodePlaceSchema = openObject({
  node_id: idSchema,
  kind: z.enum(['iteration', 'loop']),
  round: indexSchema,
})

/** Reads {@link NodeRounds}. */
export const nodeRoundsSchema = openObject({
  kind: z.enum(['iteration', 'loop']),
  length: z.int().min(0).optional(),
})

/** One round, counted from 0, of an iteration or a loop. Parley's own. */
export type NodePlace = z.infer<typeof nodePlaceSchema>

/**
 * What makes a node one that works in rounds. `iteration`: once for each of a list; `loop`: until it is done. `length`: how
 * many rounds there will be, or may be at most; absent: nobody knows. Parley's own.
 */
export type NodeRounds = z.infer<typeof nodeRoundsSchema>

/** Tells a node from the same node in another round: at one time there is only one of each. */
export const nodeKey = ({ node_id, within = [] }: { node_id: string; within?: NodePlace[] | undefined }): string =>
  JSON.stringify([...within.map(({ node_id, round }) => [node_id, round]), node_id])
