import type { SessionContext } from './context.js'

/** More than a page of a conversation shows; the oldest are asked for again. */
const KEPT = 60

/**
 * Pictures of other servers, through our own: the browser itself asks nobody else. A picture is asked for once, however
 * often it is drawn.
 */
export function createImages({ store, client, headers }: SessionContext) {
  const known = new Map<string, Promise<string>>()

  async function read(threadId: string, url: string): Promise<string> {
    const { mime_type, data_base64 } = await client.images.read({ thread_id: threadId, url }, { headers: headers() })
    return `data:${mime_type};base64,${data_base64}`
  }

  return {
    loadImage(url: string): Promise<string> {
      const threadId = store.getState().threadId ?? ''
      const key = `${threadId} ${url}`
      const image = known.get(key) ?? read(threadId, url)
      known.delete(key)
      known.set(key, image)
      const [oldest] = known.keys()
      if (known.size > KEPT && oldest !== undefined) known.delete(oldest)
      return image
    },
  }
}
