import type { CallInit, Transport } from '../transport/transport.js'
import { at, type Verbs } from '../transport/verbs.js'
import type { OfUser } from './messages.js'
import type { UploadedFile } from './types.js'

export interface UploadParams extends OfUser {
  /** Needed where the file has no name of its own. */
  filename?: string | undefined
}

export const filesOf = ({ post }: Verbs, { send }: Transport) => ({
  /** Its `id` goes into the `files` of a message. */
  upload: (file: Blob, { user, filename, ...init }: UploadParams) =>
    post<UploadedFile>('/files/upload', formOf(file, { user, filename }), init),
  /** The file itself, once a message has named it. */
  preview: async (fileId: string, init: CallInit & { user?: string } = {}) => {
    const { user, ...call } = init
    return (await send({ method: 'GET', path: `${at('/files', fileId)}/preview`, query: { user }, ...call })).blob()
  },
})

/** A file without a name counts as none. Source: ClickAI REST API, file upload. */
export function formOf(file: Blob, { user, filename }: Pick<UploadParams, 'user' | 'filename'>): FormData {
  const form = new FormData()
  form.append('file', file, filename ?? ('name' in file ? String(file.name) : 'upload'))
  form.append('user', user)
  return form
}
