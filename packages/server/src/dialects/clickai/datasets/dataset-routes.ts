import type { ServerCaller } from '../../../auth/access.js'
import { everyRow } from '../../../base/pages-of.js'
import { countAppsByBase } from '../../../catalog/apps-with-knowledge.js'
import type { WorkspaceApps } from '../../../catalog/workspace-apps.js'
import type { KnowledgeBaseRecord } from '../../../knowledge/knowledge-bases.js'
import type { KnowledgeTags } from '../../../knowledge/knowledge-tags.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { queryOf, readBody, valuesOf } from '../decode.js'
import { encodePage } from '../encode-page.js'
import { failure } from '../errors.js'
import type { KnowledgeCalls } from './decode-call.js'
import { decodeFilter } from './decode-filter.js'
import { DEFAULT_LIMIT, decodeSearch } from './decode-search.js'
import { encodeBase } from './encode.js'
import { encodeHit } from './encode-segment.js'
import { ABOUT } from './routes-schema.js'
import { createDatasetSchema, listSchema, type Retrieval, retrieveSchema, updateDatasetSchema } from './schema.js'

export interface BaseParts extends KnowledgeCalls {
  tags: KnowledgeTags
  /** What searches it. */
  apps: Pick<WorkspaceApps<unknown>, 'list'>
}

/** Knowledge bases, and searching one. Source: the ClickAI contract, section 18. */
export function datasetRoutes({ knowledge, tags, apps, callerOf }: BaseParts): Route[] {
  const allBases = ({ workspaceId }: ServerCaller) => everyRow((page) => knowledge.list(workspaceId, page))

  const searchOf = (retrieval: Retrieval | undefined) => retrieval && decodeSearch(retrieval, knowledge.reranker?.model)

  async function encodeAll({ workspaceId }: ServerCaller, bases: readonly KnowledgeBaseRecord[]) {
    const models = { embedding: knowledge.embedder?.model, rerank: knowledge.reranker?.model }
    const [all, counts] = await Promise.all([tags.list(workspaceId), countAppsByBase(apps, workspaceId)])
    return Promise.all(
      bases.map(async (base) => {
        const documents = await everyRow((page) => knowledge.listDocuments(workspaceId, base.id, page))
        return encodeBase(base, { documents, tags: all, models, apps: counts.get(base.id) ?? 0 })
      }),
    )
  }

  async function encode(caller: ServerCaller, base: KnowledgeBaseRecord) {
    const [encoded] = await encodeAll(caller, [base])
    return encoded
  }

  async function assertFree(caller: ServerCaller, name: string, id?: string): Promise<void> {
    if ((await allBases(caller)).some((base) => base.name === name && base.id !== id))
      throw failure('dataset_name_duplicate', 'The dataset name already exists. Please modify your dataset name.')
  }

  return [
    {
      method: 'POST',
      path: '/v1/datasets',
      description: ABOUT.createDataset,
      async handle(request) {
        const caller = await callerOf(request)
        const { name, description, retrieval_model } = checkBody(createDatasetSchema, await readBody(request))
        const search = searchOf(retrieval_model)
        await assertFree(caller, name)
        const base = await knowledge.create(caller.workspaceId, { name, description })
        return Response.json(
          await encode(caller, search ? await knowledge.update(caller.workspaceId, base.id, { search }) : base),
        )
      },
    },
    {
      method: 'GET',
      path: '/v1/datasets',
      description: ABOUT.listDatasets,
      async handle(request) {
        const caller = await callerOf(request)
        const { keyword, ...asked } = checkBody(listSchema, queryOf(request))
        const word = keyword?.toLowerCase() ?? ''
        const wanted = valuesOf(request, 'tag_ids')
        const bases = (await allBases(caller)).filter(
          (base) => base.name.toLowerCase().includes(word) && wanted.every((id) => base.tags?.includes(id)),
        )
        const page = encodePage(bases, asked)
        return Response.json({ ...page, data: await encodeAll(caller, page.data) })
      },
    },
    {
      method: 'GET',
      path: '/v1/datasets/:id',
      description: ABOUT.getDataset,
      async handle(request, { params: { id = '' } }) {
        const caller = await callerOf(request)
        return Response.json(await encode(caller, await knowledge.load(caller.workspaceId, id)))
      },
    },
    {
      method: 'PATCH',
      path: '/v1/datasets/:id',
      description: ABOUT.updateDataset,
      async handle(request, { params: { id = '' } }) {
        const caller = await callerOf(request)
        const { name, description, retrieval_model } = checkBody(updateDatasetSchema, await readBody(request))
        await knowledge.load(caller.workspaceId, id)
        if (name !== undefined) await assertFree(caller, name, id)
        const search = searchOf(retrieval_model)
        return Response.json(
          await encode(caller, await knowledge.update(caller.workspaceId, id, { name, description, search })),
        )
      },
    },
    {
      method: 'DELETE',
      path: '/v1/datasets/:id',
      description: ABOUT.deleteDataset,
      async handle(request, { params: { id = '' } }) {
        await knowledge.delete((await callerOf(request)).workspaceId, id)
        return new Response(null, { status: 204 })
      },
    },
    ...['retrieve', 'hit-testing'].map(
      (word): Route => ({
        method: 'POST',
        path: `/v1/datasets/:id/${word}`,
        description: word === 'retrieve' ? ABOUT.retrieve : null,
        async handle(request, { params: { id = '' } }) {
          const { workspaceId } = await callerOf(request)
          const { query, retrieval_model } = checkBody(retrieveSchema, await readBody(request))
          const base = await knowledge.load(workspaceId, id)
          const search = searchOf(retrieval_model)
          const filter = retrieval_model?.metadata_filtering_conditions
          const hits = await knowledge.search(workspaceId, [id], query, {
            limit: base.search?.limit ?? DEFAULT_LIMIT,
            ...(search && { least: 0, weights: undefined, rerank: false, ...search }),
            ...(filter && { of: decodeFilter(filter, base) }),
          })
          return Response.json({ query: { content: query }, records: hits.map((hit) => encodeHit(hit, base)) })
        },
      }),
    ),
  ]
}
