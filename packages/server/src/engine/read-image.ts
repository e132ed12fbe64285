import type { ImageBytes } from '@parley/protocol'

/**
 * Fetches a picture from another server. `isAllowed` is asked for its address and for every address it redirects to.
 * @throws {ParleyError} `forbidden` when it is not allowed, `remote_failed` when it could not be had
 */
export type ReadImage = (url: URL, isAllowed: (url: URL) => boolean) => Promise<ImageBytes>
