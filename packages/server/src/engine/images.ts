import { type ImageBytes, isAllowedImage, ParleyError } from '@parley/protocol'
import type { Call } from './engine.js'
import type { Parts } from './parts.js'

/** A picture that an answer shows, from one of the places the thread allows and from nowhere else. */
export async function readImage<Context>(
  { store, readImage }: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
  address: string,
): Promise<ImageBytes> {
  const { allowed_image_domains: domains } = await store.loadThread(threadId, context)
  if (!readImage)
    throw new ParleyError('not_configured', 'This server fetches no pictures: it was started without a way to.')
  if (!URL.canParse(address)) throw new ParleyError('invalid_request', 'params.url must be a full address.')
  return readImage(new URL(address), (url) => isAllowedImage(url, domains ?? []))
}
