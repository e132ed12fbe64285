import { ParleyError } from '@parley/protocol'
import { readJson, readOptionalJson } from '../../../http/body.js'
import { bestPassages, passagesOf } from '../../../knowledge/file-passages.js'
import { type OwnedAttachment, placeForFiles } from '../../../uploads/user-files.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { callerRoute } from '../caller-route.js'
import type { XpertParts } from '../routes.js'
import { encodeChunk, encodePreview } from './encode.js'
import { answerFile, findFile } from './routes.js'
import * as about from './routes-schema.js'
import { fileReadSchema, fileSearchSchema } from './schema.js'

const FOUND = 8

/** What a file says. It is read from the file itself each time: nothing of it is kept beside the file. */
export function fileReadRoutes<Context>(parts: XpertParts<Context>): Route[] {
  /** A picture says nothing. */
  async function read({ attachment: { id, type, name } }: OwnedAttachment) {
    const bytes = type === 'image' ? null : await placeForFiles(parts.files).read(id)
    return bytes ? passagesOf(parts.knowledge, { name, bytes }) : []
  }

  return [
    callerRoute(parts, {
      method: 'POST',
      path: '/files/:id/search',
      description: about.searchFile,
      cost: 'work',
      async handle(request, context) {
        const { query, limit } = checkBody(fileSearchSchema, await readJson(request))
        const passages = await read(await findFile(parts, context))
        const best = bestPassages(passages, query ?? '', limit ?? FOUND)
        return Response.json(best.map((passage) => encodeChunk(context.id, passage)))
      },
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/files/:id/read',
      description: about.readFile,
      cost: 'work',
      async handle(request, context) {
        const { chunkId, orderNo } = checkBody(fileReadSchema, await readOptionalJson(request))
        const passages = await read(await findFile(parts, context))
        const chunks = passages.map((passage) => encodeChunk(context.id, passage))
        const chunk = chunkId ? chunks.find(({ id }) => id === chunkId) : chunks[orderNo ?? 0]
        if (chunk) return Response.json(chunk)
        throw new ParleyError('not_found', `The file has no such piece: it has ${chunks.length}.`)
      },
    }),
    callerRoute(parts, {
      method: 'GET',
      path: '/files/:id/preview',
      description: about.previewFile,
      cost: 'work',
      async handle(_, context) {
        const file = await findFile(parts, context)
        return Response.json(encodePreview(await answerFile(parts, context, file), await read(file)))
      },
    }),
  ]
}
