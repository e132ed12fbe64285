import { ParleyError } from '@parley/protocol'
import { z } from 'zod'
import { brokenOffError } from './model-error.js'
import { type ModelHost, namesOf, openModelStream } from './model-host.js'
import { createSseReader } from './sse-reader.js'

/** What a picture should be. */
export interface ImageRequest {
  prompt: string
  shape: 'square' | 'landscape' | 'portrait'
}

/** A preview, numbered from 0, or the picture: base64, or where it can be fetched. */
export type ImageStep =
  | { type: 'preview'; index: number; base64: string }
  | { type: 'done'; image: { base64: string } | { url: string } }

/** How many previews are asked for. */
export const PREVIEWS = 2

const SIZES = { square: '1024x1024', landscape: '1536x1024', portrait: '1024x1536' } as const

const answerSchema = z.object({
  data: z.tuple([z.object({ b64_json: z.string().nullish(), url: z.string().nullish() })]).rest(z.unknown()),
})
const eventSchema = z.object({
  type: z.enum(['image_generation.partial_image', 'image_generation.completed']),
  b64_json: z.string(),
  partial_image_index: z.int().optional(),
})

/**
 * Has a model host make a picture (`POST /images/generations`, OpenAI's form): streamed with previews where the model is
 * OpenAI's, in one piece elsewhere.
 *
 * @throws {ParleyError} `model_failed` with what is wrong at the host and what to do.
 */
export async function* makeImage(
  host: ModelHost,
  model: string,
  { prompt, shape, signal }: ImageRequest & { signal?: AbortSignal | undefined },
): AsyncGenerator<ImageStep> {
  const streams = /^(chatgpt|gpt)-image/.test(model)
  const body = {
    model,
    prompt,
    n: 1,
    ...(streams
      ? { size: SIZES[shape], stream: true, partial_images: PREVIEWS }
      : { size: SIZES.square, response_format: 'b64_json' }),
  }
  const names = namesOf({ ...host, settings: { ...namesOf(host, model).settings, model: 'PARLEY_IMAGE_MODEL' } }, model)
  const response = await openModelStream(
    { ...host, settings: names.settings },
    { path: '/images/generations', body, ...(signal && { signal }) },
  )
  if (!/event-stream/.test(response.headers.get('content-type') ?? '')) {
    yield { type: 'done', image: pictureOf(await response.text(), names.host) }
    return
  }
  const reader = createSseReader()
  for await (const piece of response.body) yield* reader.read(piece).flatMap(toStep)
  yield* reader.end().flatMap(toStep)
  if (signal?.aborted) throw brokenOffError(names)
}

function toStep(payload: string): ImageStep[] {
  const { data: event } = eventSchema.safeParse(parseJson(payload))
  if (!event) return [] // other events have nothing to show
  if (event.type === 'image_generation.completed') return [{ type: 'done', image: { base64: event.b64_json } }]
  return [{ type: 'preview', index: event.partial_image_index ?? 0, base64: event.b64_json }]
}

function pictureOf(text: string, host: string): { base64: string } | { url: string } {
  const { data: answer } = answerSchema.safeParse(parseJson(text))
  const [picture] = answer?.data ?? []
  if (picture?.b64_json) return { base64: picture.b64_json }
  if (picture?.url) return { url: picture.url }
  throw new ParleyError('model_failed', `The model host ${host} answered with no picture.`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // no picture, which the schema says next
  }
}
