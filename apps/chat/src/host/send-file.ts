import { type Channel, fetchThroughPage, type PageApi, type PageRequest } from '@parley/element/bridge'
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
 * Sends a file the way every other request goes: straight to our own server, with progress, or through the page to any
 * other place and where the page has its own `api.fetch`.
 */
export function sendFile(request: FileRequest, { page, pageUrl, origin, getApi }: SendFileDeps): Promise<Response> {
  const api = getApi()
  const endpoint = new URL(api?.url ?? `${origin}/api/chatkit`, pageUrl)
  const target = new URL(request.url, endpoint)
  if (target.origin === origin && api?.fetch !== true) return sendWithProgress(target, request)
  const { method, headers, file, asForm, signal } = request
  const body: PageRequest['body'] = asForm ? { field: 'file', file } : file
  return fetchThroughPage(page, { url: target.href, method, headers, body }, { id: createId(), signal })
}

/** `fetch` does not tell how much has been sent; the older way does. */
function sendWithProgress(target: URL, { method, headers, file, asForm, onProgress, signal }: FileRequest) {
  return new Promise<Response>((resolve, reject) => {
    const sending = new XMLHttpRequest()
    sending.open(method, target)
    for (const [name, value] of Object.entries(headers)) sending.setRequestHeader(name, value)
    sending.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      if (lengthComputable && total > 0) onProgress(loaded / total)
    }
    sending.onload = () => {
      const { status, responseText } = sending
      resolve(new Response(status === 204 ? null : responseText, { status }))
    }
    sending.onerror = () => reject(new TypeError('The file did not reach the server.'))
    sending.onabort = () => reject(signal.reason)
    signal.addEventListener('abort', () => sending.abort(), { once: true })
    sending.send(asForm ? formOf(file) : file)
  })
}

function formOf(file: File): FormData {
  const form = new FormData()
  form.append('file', file, file.name)
  return form
}
