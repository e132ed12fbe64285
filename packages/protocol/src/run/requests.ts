import { z } from 'zod'
import { requestSchema } from '../chatkit/requests.js'
import { idSchema } from '../chatkit/wire.js'
import { threadSearchRequestSchema } from './search.js'

/** Our request types beside ChatKit's sixteen, on the same endpoint and in the same envelope. */
export const runRequestSchemas = {
  'runs.resume': requestSchema(
    'runs.resume',
    z.object({ thread_id: idSchema, run_id: idSchema.optional(), after: z.int().min(0).default(0) }),
  ),
  'runs.cancel': requestSchema('runs.cancel', z.object({ thread_id: idSchema })),
  'threads.search': threadSearchRequestSchema,
  'images.read': requestSchema('images.read', z.object({ thread_id: idSchema, url: z.string().min(1).max(8192) })),
} as const

/** Reads a {@link RunRequest}. */
export const runRequestSchema = z.discriminatedUnion('type', [
  runRequestSchemas['runs.resume'],
  runRequestSchemas['runs.cancel'],
  runRequestSchemas['threads.search'],
  runRequestSchemas['images.read'],
])

/**
 * `runs.resume` (answered by a stream) reads a run's events behind number `after`, of the thread's latest run unless
 * `run_id` names one; `runs.cancel` (answered by JSON) stops the thread's run for everybody; `threads.search`
 * (answered by a `ThreadMatchPage`) finds the caller's threads by what was said in them; `images.read` (answered by
 * an {@link ImageBytes}) fetches a picture of one of the thread's `allowed_image_domains`, so that the browser asks nobody
 * but its own server. Parley's own.
 */
export type RunRequest = z.infer<typeof runRequestSchema>

/** A picture as `images.read` answers it. */
export interface ImageBytes {
  /** `image/png`, `image/jpeg`, `image/gif`, `image/webp` or `image/avif`. */
  mime_type: string
  data_base64: string
}
