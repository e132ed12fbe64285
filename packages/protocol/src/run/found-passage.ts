import { z } from 'zod'
import { openObject } from '../chatkit/wire.js'

/** Reads a {@link FoundPassage}. */
export const foundPassageSchema = openObject({
  title: z.string(),
  text: z.string(),
  score: z.number(),
  filename: z.string().optional(),
  url: z.string().optional(),
  origin: openObject({
    base_id: z.string(),
    base_name: z.string(),
    document_id: z.string(),
    passage_id: z.string(),
    place: z.int().min(0),
    hits: z.int().min(0),
    created_at: z.string(),
  }).optional(),
})

/**
 * A passage that a search of knowledge gave to a run. `origin` says where in which knowledge base it is (`place` counts from
 * 0) and how often it has been found; absent: it is of the app itself. Parley's own.
 */
export type FoundPassage = z.infer<typeof foundPassageSchema>
