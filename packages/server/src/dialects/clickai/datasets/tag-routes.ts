import { everyRow } from '../../../base/pages-of.js'
import type { KnowledgeTagRecord, KnowledgeTags } from '../../../knowledge/knowledge-tags.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { readBody } from '../decode.js'
import type { KnowledgeCalls } from './decode-call.js'
import { ABOUT } from './routes-schema.js'
import { bindTagsSchema, createTagSchema, deleteTagSchema, renameTagSchema, unbindTagsSchema } from './schema.js'

export interface TagParts extends KnowledgeCalls {
  tags: KnowledgeTags
}

/** Words a workspace sorts its bases by. They stand before the bases, whose ids would be called `tags` otherwise. */
export function tagRoutes({ knowledge, tags, callerOf }: TagParts): Route[] {
  const path = '/v1/datasets/tags'
  const encode = ({ id, name }: KnowledgeTagRecord, count: number) => ({
    id,
    name,
    type: 'knowledge',
    binding_count: String(count),
  })
  const countOf = async (workspaceId: string) => {
    const bases = await everyRow((page) => knowledge.list(workspaceId, page))
    return ({ id }: KnowledgeTagRecord) => bases.filter((base) => base.tags?.includes(id)).length
  }
  const done = () => new Response(null, { status: 204 })

  return [
    {
      method: 'GET',
      path,
      description: ABOUT.listTags,
      async handle(request) {
        const { workspaceId } = await callerOf(request)
        const count = await countOf(workspaceId)
        return Response.json((await tags.list(workspaceId)).map((tag) => encode(tag, count(tag))))
      },
    },
    {
      method: 'POST',
      path,
      description: ABOUT.createTag,
      async handle(request) {
        const { workspaceId } = await callerOf(request)
        const { name } = checkBody(createTagSchema, await readBody(request))
        return Response.json(encode(await tags.create(workspaceId, name), 0))
      },
    },
    {
      method: 'PATCH',
      path,
      description: ABOUT.renameTag,
      async handle(request) {
        const { workspaceId } = await callerOf(request)
        const { tag_id, name } = checkBody(renameTagSchema, await readBody(request))
        const tag = await tags.rename(workspaceId, tag_id, name)
        return Response.json(encode(tag, (await countOf(workspaceId))(tag)))
      },
    },
    {
      method: 'DELETE',
      path,
      description: ABOUT.deleteTag,
      async handle(request) {
        const { workspaceId } = await callerOf(request)
        await tags.delete(workspaceId, checkBody(deleteTagSchema, await readBody(request)).tag_id)
        return done()
      },
    },
    {
      method: 'POST',
      path: `${path}/binding`,
      description: ABOUT.bindTags,
      async handle(request) {
        const { workspaceId } = await callerOf(request)
        const { tag_ids, target_id } = checkBody(bindTagsSchema, await readBody(request))
        const known = new Set((await tags.list(workspaceId)).map(({ id }) => id))
        const bound = tag_ids.filter((id) => known.has(id))
        await knowledge.update(workspaceId, target_id, { tags: (old) => [...new Set([...old, ...bound])] })
        return done()
      },
    },
    {
      method: 'POST',
      path: `${path}/unbinding`,
      description: ABOUT.unbindTags,
      async handle(request) {
        const { workspaceId } = await callerOf(request)
        const { tag_ids = [], tag_id, target_id } = checkBody(unbindTagsSchema, await readBody(request))
        const gone = new Set([...tag_ids, tag_id])
        await knowledge.update(workspaceId, target_id, { tags: (old) => old.filter((id) => !gone.has(id)) })
        return done()
      },
    },
    {
      method: 'GET',
      path: '/v1/datasets/:id/tags',
      description: ABOUT.tagsOfDataset,
      async handle(request, { params: { id = '' } }) {
        const { workspaceId } = await callerOf(request)
        const base = await knowledge.load(workspaceId, id)
        const data = (await tags.list(workspaceId)).filter((tag) => base.tags?.includes(tag.id))
        return Response.json({ data: data.map(({ id, name }) => ({ id, name })), total: data.length })
      },
    },
  ]
}
