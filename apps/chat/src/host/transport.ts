import { type Channel, fetchThroughPage, type PageApi } from '@parley/element/bridge'
import { createId } from '../store/create-id.js'
import type { ApiOptions } from '../store/options.js'
import type { Transport } from '../store/session.js'
import { createClientSecret } from './client-secret.js'
import { pacedBody } from './paced-body.js'

export interface TransportDeps {
  page: Channel<PageApi>
  /** Address against which the page's relative URLs are resolved. */
  pageUrl: string
  /** Origin of the frame: the server that served it. */
  origin: string
  /** One per mounted frame. */
  instanceId: string
  getApi(): ApiOptions | undefined
  getLocale(): string
}

/**
 * Chooses the way of every request. Our own server is called straight from the frame. Another server, or a page with its
 * own `api.fetch`, is called by the page, with the page's cookies and CORS rules. With `getClientSecret` it is our own
 * server again, on behalf of the session the secret stands for.
 */
export function createTransport(deps: TransportDeps): Transport {
  const { page, pageUrl, origin, getApi, getLocale } = deps
  const secret = createClientSecret(async (current) => page.call('callOption', 'api.getClientSecret', [current]))

  const post = async (
    url: string,
    request: { headers: Record<string, string>; body: string; signal?: AbortSignal },
  ) => {
    const target = new URL(url, pageUrl)
    const hasOwnFetch = getApi()?.fetch === true
    if (target.origin === origin && !hasOwnFetch) return paced(await fetch(target, { method: 'POST', ...request }))
    const { signal, headers, body } = request
    return fetchThroughPage(
      page,
      { url: hasOwnFetch ? url : target.href, headers, body },
      { id: createId(), ...(signal && { signal }) },
    )
  }

  /** A server that is neither ours nor the page's would refuse a header it has never heard of (CORS). */
  const knowsUs = (url: string) => {
    const target = new URL(url, pageUrl).origin
    return target === origin || target === new URL(pageUrl).origin
  }

  return {
    async send(body, { signal, headers: extra }) {
      const { url = `${origin}/api/chatkit`, getClientSecret, appId: chosenApp } = getApi() ?? {}
      const address = getClientSecret ? sessionAddress(origin) : url
      const request = {
        headers: {
          'content-type': 'application/json',
          accept: 'text/event-stream, application/json',
          'accept-language': getLocale(),
          'chatkit-frame-instance-id': deps.instanceId,
          ...(knowsUs(address) && { 'parley-client': 'frame/1', ...extra }),
        },
        body: JSON.stringify(body),
        ...(signal && { signal }),
      }
      if (!getClientSecret) return post(address, request)
      return secret.use(({ secret: value, appId = chosenApp, organizationId }) => {
        const headers = {
          ...request.headers,
          authorization: `Bearer ${value}`,
          ...(organizationId !== undefined && { 'organization-id': organizationId }),
        }
        return post(sessionAddress(origin, appId), { ...request, headers })
      })
    },
  }
}

const sessionAddress = (origin: string, appId?: string) =>
  `${origin}/v1/chatkit/conversation${appId ? `/${encodeURIComponent(appId)}` : ''}`

function paced(response: Response): Response {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  if (!isStream || !response.body) return response
  const { status, statusText, headers } = response
  return new Response(pacedBody(response.body), { status, statusText, headers })
}
