import { ParleyError } from '@parley/protocol'
import { readForm } from '../../../http/form.js'
import { failure, invalidParam } from '../errors.js'

/** A form with one file, as documents and files of pipelines are sent. */
export async function readUpload(request: Request, maxBytes: number) {
  const form = await readForm(request, maxBytes).catch(refuse)
  const files = form.getAll('file')
  const [file] = files
  if (!(file instanceof File)) throw failure('no_file_uploaded', 'Please upload your file.')
  if (files.length > 1) throw failure('too_many_files', 'Only one file is allowed.')
  if (file.name === '') throw failure('filename_not_exists_error', 'The specified filename does not exist.')
  const bytes = new Uint8Array(await file.arrayBuffer())
  return { form, file: { name: file.name, bytes, ...(file.type && { mime_type: file.type }) } }
}

function refuse(thrown: unknown): never {
  if (!(thrown instanceof ParleyError)) throw thrown
  if (thrown.code === 'payload_too_large') throw failure('file_too_large', thrown.message)
  if (thrown.code === 'unsupported_media_type') throw failure('no_file_uploaded', thrown.message)
  throw invalidParam('file', thrown.message)
}
