import { ParleyError } from '@parley/protocol'
import { readJson } from '../../../http/body.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { type CalledBy, callerRoute } from '../caller-route.js'
import type { XpertParts } from '../routes.js'
import { loadChunks, searchChunks } from './chunks.js'
import * as about from './describe.js'
import { encodePreview } from './encode.js'
import { encodeOwned, findFile } from './find-file.js'
import { fileReadSchema, fileSearchSchema } from './schema.js'

const FOUND = 8

/** What a file says. It is read from the file itself each time: nothing of it is kept beside the file. */
export function fileReadRoutes<Context>(parts: XpertParts<Context>): Route[] {
  const chunksOf = async (context: CalledBy<Context>) => loadChunks(parts, await findFile(parts, context))

  return [
    callerRoute(parts, {
      method: 'POST',
      path: '/files/:id/search',
      description: about.searchFile,
      cost: 'work',
      async handle(request, context) {
        const { query, limit } = checkBody(fileSearchSchema, await readJson(request))
        return Response.json(searchChunks(await chunksOf(context), query ?? '', limit ?? FOUND))
      },
    }),
    callerRoute(parts, {
      method: 'POST',
      path: '/files/:id/read',
      description: about.readFile,
      cost: 'work',
      async handle(request, context) {
        const { chunkId, orderNo } = checkBody(fileReadSchema, await readJson(request))
        const chunks = await chunksOf(context)
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
        return Response.json(encodePreview(await encodeOwned(parts, context, file), await loadChunks(parts, file)))
      },
    }),
  ]
}
