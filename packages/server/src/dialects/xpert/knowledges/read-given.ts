import { ParleyError } from '@parley/protocol'
import type { z } from 'zod'
import { fileIdsInText } from '../../../base/file-address.js'
import type { NewDocument } from '../../../knowledge/knowledge-bases.js'
import type { XpertCaller, XpertParts } from '../routes.js'
import type { documentsSchema } from './schema.js'

/** Documents as knowledge takes them: the text itself, or the bytes of a file the caller uploaded. */
export function readGiven<Context>(
  parts: XpertParts<Context>,
  caller: XpertCaller<Context>,
  given: z.infer<typeof documentsSchema>,
): Promise<NewDocument[]> {
  return Promise.all(
    given.map(async ({ name, text, storageFileId, fileId, fileUrl, id }): Promise<NewDocument> => {
      if (text !== undefined) return { title: name, text }
      const wanted = storageFileId ?? fileId ?? id ?? fileIn(fileUrl ?? '')
      const found = await parts.files?.find(wanted, caller.principal)
      const bytes = found && (await parts.files?.read(wanted))
      if (!found || !bytes) throw new ParleyError('attachment_not_found', `There is no file "${wanted}" of yours.`)
      return { title: name, file: { name: found.attachment.name, bytes } }
    }),
  )
}

/** Only what was uploaded here is read: no other server is asked in the name of a document. */
function fileIn(url: string): string {
  const [id] = fileIdsInText(url)
  if (id !== undefined) return id
  throw new ParleyError(
    'invalid_request',
    `fileUrl is not the address of a file here. Upload it to /contexts/file first.`,
  )
}
