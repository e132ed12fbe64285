import { type Channel, fetchThroughPage, type PageApi, type PageRequest, upload } from '@parley/element/bridge'
import { createId } from '../store/create-id.js'
import type { ApiOptions } from '../store/options.js'
import type { FileRequest } from '../store/session.js'

export interface SendFileDeps {
  page: Channel<PageApi>
  pageUrl: string
  /** Origin of the frame: the server that served it. */
  origin: string
  getApi(): ApiOptions | undefined
}

/**
 * Sends a file the way every other request goes: straight to our own server, or through the page to any other place and
 * where the page has its own `api.fetch`. Progress is known unless that `fetch` sends the file.
 */
export function sendFile(request: FileRequest, { page, pageUrl, origin, getApi }: SendFileDeps): Promise<Response> {
  const api = getApi()
  const endpoint = new URL(api?.url ?? `${origin}/api/chatkit`, pageUrl)
  const target = new URL(request.url, endpoint)
  const { method, headers, file, asForm, onProgress, signal } = request
  const hasOwnFetch = api?.fetch === true
  if (target.origin === origin && !hasOwnFetch) {
    return upload(target, { method, headers, body: asForm ? formOf(file) : file, onProgress, signal })
  }
  const body: PageRequest['body'] = asForm ? { field: 'file', file } : file
  const watched = !hasOwnFetch && isAskedAnyway(request, target, pageUrl) ? { watched: true as const } : {}
  const sent = { url: target.href, method, headers, body, ...watched }
  return fetchThroughPage(page, sent, { id: createId(), signal, onProgress })
}

/** To watch a form on its way to another origin, a browser first asks its server, which may never have been asked. */
const isAskedAnyway = ({ asForm, headers }: FileRequest, target: URL, pageUrl: string) =>
  target.origin === new URL(pageUrl).origin || !asForm || Object.keys(headers).length > 0

function formOf(file: File): FormData {
  const form = new FormData()
  form.append('file', file, file.name)
  return form
}
