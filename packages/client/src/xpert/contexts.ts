import type { CallInit } from '../transport/transport.js'
import { at, type Verbs } from '../transport/verbs.js'
import type { ContextFile } from './types.js'

export interface UploadOptions extends CallInit {
  /** Default: the file's own name, else `upload`. */
  filename?: string
}

/** Files for runs: upload first, then name them in the input's `files`. */
export const contextsOf = ({ post, delete: remove }: Verbs) => ({
  uploadFile: (file: Blob | string, { filename, ...init }: UploadOptions = {}) => {
    const form = new FormData()
    const blob = typeof file === 'string' ? new Blob([file], { type: 'text/plain' }) : file
    form.append('file', blob, filename ?? nameOf(blob) ?? 'upload')
    return post<ContextFile>('/contexts/file', form, init)
  },
  deleteFile: (fileId: string, init?: CallInit) => remove<void>(at('/contexts/file', fileId), undefined, init),
})

const nameOf = (file: Blob): string | undefined =>
  'name' in file && typeof file.name === 'string' ? file.name : undefined
