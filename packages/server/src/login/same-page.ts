import { ParleyError } from '@parley/protocol'

/**
 * Whether a request that counts on a cookie comes from a page of this server. A cookie goes along with whatever page
 * makes the browser ask, so the browser has to say which one it was: by `Sec-Fetch-Site`, or by `Origin` where the
 * server has no https. Reading needs neither: older browsers say nothing then, and other pages could not see the answer.
 *
 * @throws {ParleyError} `forbidden`
 */
export function assertSamePage(request: Request): void {
  const { headers, method, url } = request
  const site = headers.get('sec-fetch-site')
  const origin = headers.get('origin')
  const reads = method === 'GET' || method === 'HEAD'
  if (site !== null && site !== 'same-origin' && !(reads && site === 'none')) throw foreign()
  if (origin !== null && !(URL.canParse(origin) && new URL(origin).host === new URL(url).host)) throw foreign()
  if (!reads && site === null && origin === null) throw foreign()
}

const foreign = () =>
  new ParleyError('forbidden', 'Only pages of this server may do this with a login. From elsewhere, use an API key.')

/** Bodies that a form of another page could send are none. @throws {ParleyError} `unsupported_media_type` */
export function assertJsonBody({ headers }: Request): void {
  if (/^application\/json\s*(;|$)/i.test(headers.get('content-type') ?? '')) return
  throw new ParleyError('unsupported_media_type', 'Send JSON with "content-type: application/json".')
}
