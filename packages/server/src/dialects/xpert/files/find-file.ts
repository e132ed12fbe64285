import { ParleyError } from '@parley/protocol'
import { onlyAppOf } from '../../../auth/principal.js'
import { NO_APP } from '../../../engine/user-threads.js'
import type { CalledBy } from '../caller-route.js'
import type { XpertParts } from '../routes.js'
import { encodeFile } from './encode.js'
import type { OwnedFile, XpertFiles } from './parts.js'
import type { FileAsset } from './schema.js'

/** The place for files. @throws {ParleyError} `not_configured` */
export function placeForFiles<Context>({ files }: XpertParts<Context>): XpertFiles<Context> {
  if (files) return files
  throw new ParleyError('not_configured', 'This server keeps no files.')
}

/** The caller's file that the path names. @throws {ParleyError} `attachment_not_found` */
export async function findFile<Context>(
  parts: XpertParts<Context>,
  { caller, id }: Pick<CalledBy<Context>, 'caller' | 'id'>,
): Promise<OwnedFile> {
  const only = onlyAppOf(caller.principal)
  const found = await placeForFiles(parts).find(id, caller.principal)
  const isSeen = found && (only === undefined || found.owner.appId === only || found.owner.appId === NO_APP)
  if (found && isSeen) return found
  throw new ParleyError('attachment_not_found', `There is no file "${id}" of yours.`)
}

/** A file as it is answered, with an address that is good for a while. */
export async function encodeOwned<Context>(
  parts: XpertParts<Context>,
  { caller }: Pick<CalledBy<Context>, 'caller'>,
  { attachment, owner }: OwnedFile,
): Promise<FileAsset> {
  const url = await placeForFiles(parts).addressOf(attachment.id, caller.contextIn(owner.appId))
  return encodeFile(attachment, { url })
}
