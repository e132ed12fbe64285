import { ParleyError } from '@parley/protocol'
import type { z } from 'zod'
import { fileIdsInText } from '../../../base/file-address.js'
import type { SearchSettings } from '../../../knowledge/knowledge-bases.js'
import type { documentsSchema, recallSchema } from './schema.js'

/** A document as somebody gives it: its text, or a file that was uploaded before. */
export type GivenDocument = { title: string | undefined } & ({ text: string } | { uploadId: string })

/** @throws {ParleyError} `invalid_request` */
export function decodeDocument(given: z.infer<typeof documentsSchema>[number]): GivenDocument {
  const { name: title, text, storageFileId, fileId, fileUrl, id } = given
  if (text !== undefined) return { title, text }
  return { title, uploadId: storageFileId ?? fileId ?? id ?? uploadAt(fileUrl ?? '') }
}

/** Only what was uploaded here is read: no other server is asked in the name of a document. */
function uploadAt(url: string): string {
  const [id] = fileIdsInText(url)
  if (id !== undefined) return id
  throw new ParleyError(
    'invalid_request',
    `fileUrl is not the address of a file here. Upload it to /contexts/file first.`,
  )
}

/** How many passages a search brings, and how good they must be. */
export const decodeRecall = ({ topK, score }: z.infer<typeof recallSchema>): SearchSettings => ({
  by: 'both',
  limit: Math.min(Math.max(Math.trunc(topK ?? 5), 1), 100),
  ...(score !== undefined && { least: Math.min(Math.max(score, 0), 1) }),
})
