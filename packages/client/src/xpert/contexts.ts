import type { CallInit } from '../transport/transport.js'
import { at, type Verbs } from '../transport/verbs.js'
import type { StorageFile } from './types.js'

export interface UploadOptions extends CallInit {
  /** Default: the file's own name, else `upload`. */
  filename?: string | undefined
}

/** Files for runs: upload first, then name them in the input's `files`. */
export const contextsOf = ({ post, delete: remove }: Verbs) => ({
  uploadFile: <Answer = StorageFile>(
    file: Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer> | string,
    { filename, ...init }: UploadOptions = {},
  ): Promise<Answer> => {
    const form = new FormData()
    const part = file as string | ArrayBuffer // or a view of one, which is as good to a blob
    const blob = file instanceof Blob ? file : new Blob([part], typeof file === 'string' ? { type: 'text/plain' } : {})
    form.append('file', blob, filename?.trim() || nameOf(blob) || 'upload')
    return post<Answer>('/contexts/file', form, init)
  },
  deleteFile: (fileId: string, init?: CallInit) => remove<void>(at('/contexts/file', fileId), undefined, init),
})

const nameOf = (file: Blob): string | undefined =>
  'name' in file && typeof file.name === 'string' ? file.name : undefined
