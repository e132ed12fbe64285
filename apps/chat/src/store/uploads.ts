import { toClientError } from '@parley/client'
import type { Attachment } from '@parley/protocol'
import { reportError, type SessionContext } from './context.js'
import { refusalOf } from './file-limits.js'
import type { FileRequest } from './session-contract.js'
import type { FileRefusal, Upload } from './state.js'

interface Running {
  file: File
  controller: AbortController
  /** Known as soon as the server has made room for the file. */
  attachmentId?: string
}

/** Files on their way from the composer to the server. Loaded when the first one is chosen. */
export function createUploads(context: SessionContext) {
  const { store, client, host, environment, sendFile } = context
  const running = new Map<string, Running>()

  const uploads = () => store.getState().composer.uploads
  const set = (uploads: readonly Upload[]) => store.dispatch({ type: 'composer.changed', composer: { uploads } })
  const patch = (id: string, change: Partial<Upload>) => store.dispatch({ type: 'upload.changed', id, change })

  async function start(id: string, file: File): Promise<void> {
    const entry: Running = { file, controller: new AbortController() }
    running.set(id, entry)
    try {
      const attachment = await send(id, entry)
      patch(id, { phase: 'done', progress: 1, attachment })
      running.delete(id)
    } catch (thrown) {
      if (entry.controller.signal.aborted) return
      patch(id, { phase: 'failed', progress: null, ...wordsOf(thrown) })
      reportError(host, thrown)
    }
  }

  async function send(id: string, entry: Running): Promise<Attachment> {
    const { file, controller } = entry
    const progress = { onProgress: (share: number) => patch(id, { progress: share }), signal: controller.signal }
    const strategy = store.getState().options.api?.uploadStrategy
    if (strategy?.type === 'direct') {
      const way = { url: strategy.uploadUrl, method: 'POST', headers: {}, asForm: true } as const
      const response = await sent({ ...way, file, ...progress })
      const attachment: Attachment = await response.json() // the server's own, as from every other call
      entry.attachmentId = attachment.id
      return attachment
    }
    const params = { name: file.name, size: file.size, mime_type: file.type || 'application/octet-stream' }
    const headers = context.headers()
    const created = await client.attachments.create(params, { headers, signal: controller.signal })
    const { upload_descriptor: descriptor, ...attachment } = created
    entry.attachmentId = attachment.id
    if (descriptor) await sent({ ...descriptor, file, asForm: descriptor.method === 'POST', ...progress })
    return attachment
  }

  async function sent(request: FileRequest): Promise<Response> {
    const response = await sendFile(request)
    if (!response.ok) throw await toClientError(response)
    return response
  }

  /** What the server keeps of it goes, too; should that fail, the person has lost nothing. */
  async function forget(id: string, attachment?: Attachment): Promise<void> {
    const entry = running.get(id)
    running.delete(id)
    entry?.controller.abort()
    const attachment_id = attachment?.id ?? entry?.attachmentId
    if (attachment_id === undefined) return
    const init = { headers: context.headers() }
    await client.attachments.delete({ attachment_id }, init).catch((error) => reportError(host, error))
  }

  return {
    async add(files: readonly File[]): Promise<void> {
      const refusals: FileRefusal[] = []
      const started = files.flatMap((file) => {
        const { options, composer, locale } = store.getState()
        const count = composer.attachments.length + composer.uploads.length
        const refusal = refusalOf(file, options.composer?.attachments, { count, locale })
        if (refusal) {
          const isSaid = refusal.code === 'too_many' && refusals.at(-1)?.code === 'too_many' // once there are, all that follow are
          if (!isSaid) refusals.push(refusal)
          return []
        }
        const id = environment.randomId()
        const previewUrl = PICTURE.test(file.type) ? { previewUrl: URL.createObjectURL(file) } : {}
        set([...uploads(), { id, name: file.name, size: file.size, phase: 'sending', progress: null, ...previewUrl }])
        return [start(id, file)]
      })
      store.dispatch({ type: 'composer.changed', composer: { refusals } })
      await Promise.all(started)
    },

    async retry(id: string): Promise<void> {
      const file = running.get(id)?.file
      if (!file) return
      patch(id, { phase: 'sending', progress: null, problem: undefined })
      await forget(id)
      await start(id, file)
    },

    async remove(id: string): Promise<void> {
      const removed = uploads().find((upload) => upload.id === id)
      set(uploads().filter((upload) => upload.id !== id))
      store.dispatch({ type: 'composer.changed', composer: { refusals: [] } })
      if (removed?.previewUrl) URL.revokeObjectURL(removed.previewUrl)
      await forget(id, removed?.attachment)
    },
  }
}

/** What every browser draws. */
const PICTURE = /^image\/(png|jpeg|gif|webp|avif)$/

/** The server's own words, where it had any; what the network says is of no use to a person. */
function wordsOf(thrown: unknown): { problem?: string } {
  const { status, message } = Object(thrown)
  return Number(status) >= 400 && typeof message === 'string' ? { problem: message } : {}
}
