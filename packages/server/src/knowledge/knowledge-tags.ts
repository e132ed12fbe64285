import { ParleyError } from '@parley/protocol'
import type { Collection } from '../storage/collection.js'
import type { KnowledgeTagRecord } from '../storage/knowledge-store.js'

export type { KnowledgeTagRecord } from '../storage/knowledge-store.js'

/** The words that workspaces sort their knowledge bases by. A base names those it has by their ids. */
export interface KnowledgeTags {
  /** In the order they were made. */
  list(workspaceId: string): Promise<KnowledgeTagRecord[]>
  /** @throws {ParleyError} `invalid_request` where there is a tag of this name */
  create(workspaceId: string, name: string): Promise<KnowledgeTagRecord>
  /** @throws {ParleyError} `not_found`; `invalid_request` where there is another tag of this name */
  rename(workspaceId: string, id: string, name: string): Promise<KnowledgeTagRecord>
  /** Bases that had it have it no more. @throws {ParleyError} `not_found` */
  delete(workspaceId: string, id: string): Promise<void>
}

/** More than anybody sorts by. */
const MOST_TAGS = 1_000

export function createKnowledgeTags(store: Collection<KnowledgeTagRecord>): KnowledgeTags {
  const list = async (workspaceId: string) => (await store.list(workspaceId, { limit: MOST_TAGS, order: 'asc' })).data
  return {
    list,
    async create(workspaceId, name) {
      const all = await list(workspaceId)
      assertFree(all, name)
      if (all.length === MOST_TAGS)
        throw new ParleyError('conflict', `There are ${MOST_TAGS} tags already. Delete some that nobody uses.`)
      const tag = { id: crypto.randomUUID(), workspace_id: workspaceId, name }
      await store.add(tag)
      return tag
    },
    async rename(workspaceId, id, name) {
      const others = (await list(workspaceId)).filter((tag) => tag.id !== id)
      assertFree(others, name)
      return (await store.change(workspaceId, id, (tag) => ({ ...tag, name }))) ?? missing(id)
    },
    async delete(workspaceId, id) {
      if (!(await store.delete(workspaceId, id))) missing(id)
    },
  }
}

function assertFree(tags: readonly KnowledgeTagRecord[], name: string): void {
  if (tags.some((tag) => tag.name === name))
    throw new ParleyError('invalid_request', 'Tag name already exists.', { details: { param: 'name' } })
}

function missing(id: string): never {
  throw new ParleyError('not_found', `There is no tag "${id}" here.`)
}
