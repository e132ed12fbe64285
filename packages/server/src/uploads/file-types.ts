import { ParleyError } from '@parley/protocol'
import { cleanFile, type DeclaredFile } from './declared-file.js'

/** What the hosted API takes. Source: the hosted ChatKit contract, section 5. */
export const HOSTED_FILE_TYPES = ['application/pdf', 'image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const

const TYPES_BY_ENDING: Record<string, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
}

/** The file's type: servers that send no type mean the one its name ends in. */
export function withType<File extends DeclaredFile>(file: File): File {
  const { name, mime_type } = cleanFile(file)
  if (mime_type !== 'application/octet-stream') return file
  return { ...file, mime_type: TYPES_BY_ENDING[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? mime_type }
}

/** @throws {ParleyError} `invalid_request`, in the hosted API's word for it. Absent `types`: every type is taken. */
export function assertType(file: DeclaredFile, types: readonly string[] | undefined): void {
  const { name, mime_type } = cleanFile(file)
  if (!types || types.includes(mime_type)) return
  throw new ParleyError(
    'invalid_request',
    `“${name}” is ${mime_type}, which is not accepted here. Send one of ${types.join(', ')}, or add its type to PARLEY_HOSTED_FILE_TYPES.`,
    { details: { code: 'chatkit.file_upload_type_rejected', param: 'file' } },
  )
}
