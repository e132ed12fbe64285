import { ParleyError } from '@parley/protocol'
import type { ServerCaller } from '../../../auth/access.js'
import { allRows } from '../../../base/pages-of.js'
import { readJson } from '../../../http/body.js'
import type { KnowledgeBaseRecord, KnowledgeDocumentRecord, NewDocument } from '../../../knowledge/knowledge-bases.js'
import { missingFile, placeForFiles } from '../../../uploads/user-files.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { decodeQuery } from '../decode-query.js'
import type { XpertCaller, XpertParts } from '../routes.js'
import { decodeDocument, decodeRecall, type GivenDocument } from './decode.js'
import { encodeBase, encodeDocument, encodePassage } from './encode.js'
import * as about from './routes-schema.js'
import { documentsSchema, idsSchema, knowledgeChangeSchema, knowledgeSchema, retrieveSchema } from './schema.js'

const PAGE = 100

/** Knowledge bases, looked after by servers. Both addresses are Xpert's own. Source: the Xpert contract, section 5.7. */
export const knowledgeRoutes = <Context>(parts: XpertParts<Context>): Route[] => [
  ...routesBelow('/knowledges', parts),
  ...routesBelow('/v1/kb', parts).map((route) => ({ ...route, description: null })),
]

function routesBelow<Context>(path: string, parts: XpertParts<Context>): Route[] {
  const { knowledge } = parts

  /** A route for whoever holds a key of the workspace. */
  const route = (
    { method, path: below = '', description }: Pick<Route, 'method' | 'description'> & { path?: string },
    handle: (caller: ServerCaller, request: Request, id: string) => Promise<Response>,
  ): Route => ({
    method,
    path: path + below,
    description: description ?? null,
    handle: async (request, { params: { id = '' } }) => handle(await parts.knowledgeCallerOf(request), request, id),
  })

  const documents = async ({ workspaceId }: ServerCaller, baseId: string, ids?: readonly string[]) => {
    const all = await allRows((after) => knowledge.listDocuments(workspaceId, baseId, pageBehind(after)))
    const wanted = ids ? ids.map((id) => all.find((document) => document.id === id) ?? missing(id)) : all
    return wanted.map(encodeDocument)
  }

  const encode = async (base: KnowledgeBaseRecord) =>
    encodeBase(base, await allRows((after) => knowledge.listDocuments(base.workspace_id, base.id, pageBehind(after))))

  /** A document, with the bytes of the file that it is. */
  async function withBytes({ principal }: XpertCaller<Context>, document: GivenDocument): Promise<NewDocument> {
    if ('text' in document) return document
    const { title, uploadId } = document
    const files = placeForFiles(parts.files)
    const { attachment } = (await files.find(uploadId, principal)) ?? missingFile(uploadId)
    const bytes = (await files.read(uploadId)) ?? missingFile(uploadId)
    return { title, file: { name: attachment.name, bytes } }
  }

  return [
    route({ method: 'POST', description: about.createKnowledge }, async ({ workspaceId }, request) => {
      const { name, description, recall, type } = checkBody(knowledgeSchema, await readJson(request))
      if (type === 'external')
        throw new ParleyError('invalid_request', 'type: knowledge is kept here. Leave it out, or say "standard".')
      const base = await knowledge.create(workspaceId, { name, description })
      const search = recall && decodeRecall(recall)
      const made = search ? await knowledge.update(workspaceId, base.id, { search }) : base
      return Response.json(encodeBase(made, []), { status: 201 })
    }),
    route({ method: 'GET', description: about.listKnowledge }, async ({ workspaceId }) => {
      const bases = await allRows((after) => knowledge.list(workspaceId, pageBehind(after)))
      return Response.json({ items: await Promise.all(bases.map(encode)), total: bases.length })
    }),
    route({ method: 'GET', path: '/:id', description: about.getKnowledge }, async ({ workspaceId }, _, id) =>
      Response.json(await encode(await knowledge.load(workspaceId, id))),
    ),
    route({ method: 'PUT', path: '/:id', description: about.updateKnowledge }, async ({ workspaceId }, request, id) => {
      const { name, description, recall } = checkBody(knowledgeChangeSchema, await readJson(request))
      const search = recall && decodeRecall(recall)
      const change = { name, description, ...(search && { search }) }
      return Response.json(await encode(await knowledge.update(workspaceId, id, change)))
    }),
    route({ method: 'DELETE', path: '/:id', description: about.deleteKnowledge }, async ({ workspaceId }, _, id) => {
      await knowledge.delete(workspaceId, id)
      return Response.json({ id })
    }),
    route({ method: 'GET', path: '/:id/documents', description: about.listDocuments }, async (caller, _, id) => {
      const items = await documents(caller, id)
      return Response.json({ items, total: items.length })
    }),
    route({ method: 'POST', path: '/:id/bulk', description: about.addDocuments }, async (caller, request, id) => {
      const { workspaceId } = caller
      await knowledge.load(workspaceId, id)
      const given = checkBody(documentsSchema, await readJson(request, { maxBytes: MOST_TEXT }))
      const user = await parts.callerOf(request)
      const read = await Promise.all(given.map(async (document) => withBytes(user, decodeDocument(document))))
      const added: KnowledgeDocumentRecord[] = []
      for (const document of read) added.push(await knowledge.addDocument(workspaceId, id, document))
      return Response.json(added.map(encodeDocument), { status: 201 })
    }),
    route({ method: 'POST', path: '/:id/process', description: about.processDocuments }, async (caller, request, id) =>
      Response.json(await documents(caller, id, checkBody(idsSchema, await readJson(request)))),
    ),
    route({ method: 'GET', path: '/:id/status', description: about.documentStatus }, async (caller, request, id) => {
      const { ids = '' } = decodeQuery(request)
      const wanted = [ids].flat().flatMap((text) => text.split(',').filter(Boolean))
      return Response.json(await documents(caller, id, wanted.length > 0 ? wanted : undefined))
    }),
    route(
      { method: 'POST', path: '/:id/retrieve', description: about.retrieve },
      async ({ workspaceId }, request, id) => {
        await knowledge.load(workspaceId, id)
        const { query, k = 5, score } = checkBody(retrieveSchema, await readJson(request))
        const options = { limit: k, ...(score !== undefined && { least: score }) }
        return Response.json((await knowledge.search(workspaceId, [id], query, options)).map(encodePassage))
      },
    ),
  ]
}

const MOST_TEXT = 8 * 1024 * 1024

const pageBehind = (after: string | undefined) => ({
  limit: PAGE,
  order: 'asc' as const,
  ...(after !== undefined && { after }),
})

function missing(id: string): never {
  throw new ParleyError('not_found', `There is no document "${id}" in this knowledge base.`)
}
