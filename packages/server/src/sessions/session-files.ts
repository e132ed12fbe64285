import { ParleyError } from '@parley/protocol'
import { sizeInWords } from '../base/size-in-words.js'
import type { SessionRecord, WorkspaceStore } from '../storage/workspace-store.js'
import type { DeclaredFile } from '../uploads/declared-file.js'
import { assertType } from '../uploads/file-types.js'

/**
 * Checks a file against what the session allows, and counts it.
 *
 * @throws {ParleyError} `invalid_request` when the session takes no files, none of this type or no more of them,
 * `payload_too_large`
 */
export async function allowFile(
  session: SessionRecord | undefined,
  file: DeclaredFile,
  store: WorkspaceStore,
): Promise<void> {
  if (!session) return
  const { enabled, max_bytes, max_files, types } = session.rules.uploads
  if (!enabled)
    throw new ParleyError(
      'invalid_request',
      'This session takes no files. Create it with chatkit_configuration.file_upload.enabled set to true.',
    )
  assertType(file, types)
  if (max_bytes !== null && file.size > max_bytes)
    throw new ParleyError(
      'payload_too_large',
      `“${file.name}” is too large. This session takes files up to ${sizeInWords(max_bytes)}.`,
    )
  if (max_files !== null && !(await store.countSessionFile(session.id, max_files)))
    throw new ParleyError('invalid_request', `This session has taken its ${max_files} files and takes no more.`)
}
