/** A request whose body is on its way for a while. */
export interface UploadInit {
  method: string
  headers: Record<string, string>
  body: Blob | FormData
  signal: AbortSignal
  /** How much has been sent, from 0 to 1. */
  onProgress(share: number): void
}

/** `fetch` for a file: it does not tell how much has been sent, the older way does. Fails as `fetch` does. */
export function upload(url: string | URL, { method, headers, body, signal, onProgress }: UploadInit) {
  return new Promise<Response>((resolve, reject) => {
    const sending = new XMLHttpRequest()
    sending.open(method, url)
    sending.responseType = 'arraybuffer'
    for (const [name, value] of Object.entries(headers)) sending.setRequestHeader(name, value)
    sending.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      if (lengthComputable && total > 0) onProgress(loaded / total)
    }
    sending.onload = () => {
      const { status, statusText } = sending
      const bytes: ArrayBuffer = sending.response // as asked for above
      resolve(new Response(isBodyless(status) ? null : bytes, { status, statusText, headers: headersOf(sending) }))
    }
    sending.onerror = () => reject(new TypeError('Failed to send'))
    sending.onabort = () => reject(signal.reason)
    signal.addEventListener('abort', () => sending.abort(), { once: true })
    sending.send(body)
  })
}

/** Statuses with which a `Response` may have no body. */
export const isBodyless = (status: number): boolean => status === 204 || status === 205 || status === 304

function headersOf(answered: XMLHttpRequest): [string, string][] {
  const lines = answered.getAllResponseHeaders().trim().split(/\r?\n/).filter(Boolean)
  return lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()])
}
