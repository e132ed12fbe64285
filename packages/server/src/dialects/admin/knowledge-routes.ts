import {
  type AdminDocument,
  type AdminHits,
  type AdminKnowledge,
  adminDocumentPageSchema,
  adminDocumentSchema,
  adminHitsSchema,
  adminKnowledgePageSchema,
  adminKnowledgeQuerySchema,
  adminKnowledgeSchema,
  createDocumentBodySchema,
  createKnowledgeBodySchema,
  searchKnowledgeQuerySchema,
  updateKnowledgeBodySchema,
  uploadDocumentQuerySchema,
} from '@parley/protocol/admin'
import type { Hit } from '../../knowledge/keyword-index.js'
import type { KnowledgeBaseRecord, KnowledgeBases, KnowledgeDocumentRecord } from '../../knowledge/knowledge-bases.js'
import { type AdminRoute, defineRoute, defineUpload } from './define-route.js'

export interface KnowledgePartsOfAdmin {
  knowledge: KnowledgeBases
  /** The largest file that is taken as a document. */
  maxDocumentBytes: number
}

export function knowledgeRoutes({ knowledge, maxDocumentBytes }: KnowledgePartsOfAdmin): AdminRoute[] {
  const group = 'Knowledge'
  return [
    defineRoute({
      id: 'listKnowledge',
      method: 'GET',
      path: '/knowledge',
      group,
      summary: 'List knowledge bases.',
      query: adminKnowledgeQuerySchema,
      answer: adminKnowledgePageSchema,
      async run({ principal, query }) {
        const page = await knowledge.list(principal.workspaceId, query)
        return { ...page, data: page.data.map(encodeBase) }
      },
    }),
    defineRoute({
      id: 'createKnowledge',
      method: 'POST',
      path: '/knowledge',
      group,
      summary: 'Create a knowledge base. Agents search it when their tool `knowledge_base` names it.',
      body: createKnowledgeBodySchema,
      answer: adminKnowledgeSchema,
      status: 201,
      async run({ principal, body: { name, description } }) {
        return encodeBase(
          await knowledge.create(principal.workspaceId, { name, description: description ?? undefined }),
        )
      },
    }),
    defineRoute({
      id: 'getKnowledge',
      method: 'GET',
      path: '/knowledge/:id',
      group,
      summary: 'Get a knowledge base.',
      answer: adminKnowledgeSchema,
      failures: [404],
      run: async ({ principal, params: { id = '' } }) => encodeBase(await knowledge.load(principal.workspaceId, id)),
    }),
    defineRoute({
      id: 'updateKnowledge',
      method: 'PATCH',
      path: '/knowledge/:id',
      group,
      summary: 'Change what a knowledge base is called and described as.',
      body: updateKnowledgeBodySchema,
      answer: adminKnowledgeSchema,
      failures: [404],
      run: async ({ principal, params: { id = '' }, body }) =>
        encodeBase(await knowledge.update(principal.workspaceId, id, body)),
    }),
    defineRoute({
      id: 'deleteKnowledge',
      method: 'DELETE',
      path: '/knowledge/:id',
      group,
      summary: 'Delete a knowledge base with its documents. Agents that name it find nothing in it any more.',
      failures: [404],
      run: ({ principal, params: { id = '' } }) => knowledge.delete(principal.workspaceId, id),
    }),
    defineRoute({
      id: 'searchKnowledge',
      method: 'GET',
      path: '/knowledge/:id/search',
      group,
      summary: 'Search a knowledge base, as an agent does.',
      query: searchKnowledgeQuerySchema,
      answer: adminHitsSchema,
      failures: [404],
      async run({ principal, params: { id = '' }, query: { query, limit } }) {
        await knowledge.load(principal.workspaceId, id)
        return { data: (await knowledge.search(principal.workspaceId, [id], query, { limit })).map(encodeHit) }
      },
    }),
    defineRoute({
      id: 'reindexKnowledge',
      method: 'POST',
      path: '/knowledge/:id/reindex',
      group,
      summary: 'Make all its passages findable by meaning again, for another embedding model. Answers at once.',
      failures: [404, 409],
      run: ({ principal, params: { id = '' } }) => knowledge.reindex(principal.workspaceId, id),
    }),
    defineRoute({
      id: 'listDocuments',
      method: 'GET',
      path: '/knowledge/:id/documents',
      group,
      summary: 'List the documents of a knowledge base, and how far they are.',
      query: adminKnowledgeQuerySchema,
      answer: adminDocumentPageSchema,
      failures: [404],
      async run({ principal, params: { id = '' }, query }) {
        const page = await knowledge.listDocuments(principal.workspaceId, id, query)
        return { ...page, data: page.data.map(encodeDocument) }
      },
    }),
    defineRoute({
      id: 'createDocument',
      method: 'POST',
      path: '/knowledge/:id/documents',
      group,
      summary: 'Add a text. Answers at once; the document says how far it is.',
      body: createDocumentBodySchema,
      answer: adminDocumentSchema,
      status: 201,
      failures: [404],
      run: async ({ principal, params: { id = '' }, body }) =>
        encodeDocument(await knowledge.addDocument(principal.workspaceId, id, body)),
    }),
    defineUpload({
      id: 'uploadDocument',
      method: 'POST',
      path: '/knowledge/:id/files',
      group,
      summary: 'Add a file: PDF, Word, Excel, CSV, HTML, Markdown or text. The body is the file as it is.',
      maxBytes: maxDocumentBytes,
      query: uploadDocumentQuerySchema,
      answer: adminDocumentSchema,
      failures: [404],
      async run({ principal, params: { id = '' }, query: { filename, title, url }, bytes }) {
        await knowledge.load(principal.workspaceId, id)
        const file = { name: filename, bytes }
        return encodeDocument(await knowledge.addDocument(principal.workspaceId, id, { title, url, file }))
      },
    }),
    defineRoute({
      id: 'getDocument',
      method: 'GET',
      path: '/knowledge/:id/documents/:document',
      group,
      summary: 'Get a document: how far it is, and what is wrong with it.',
      answer: adminDocumentSchema,
      failures: [404],
      run: async ({ principal, params: { id = '', document = '' } }) =>
        encodeDocument(await knowledge.loadDocument(principal.workspaceId, id, document)),
    }),
    defineRoute({
      id: 'reindexDocument',
      method: 'POST',
      path: '/knowledge/:id/documents/:document/reindex',
      group,
      summary: 'Make the passages of one document findable by meaning again. Answers at once.',
      failures: [404, 409],
      run: ({ principal, params: { id = '', document = '' } }) =>
        knowledge.reindex(principal.workspaceId, id, document),
    }),
    defineRoute({
      id: 'deleteDocument',
      method: 'DELETE',
      path: '/knowledge/:id/documents/:document',
      group,
      summary: 'Delete a document. It is found no more.',
      failures: [404],
      run: ({ principal, params: { id = '', document = '' } }) =>
        knowledge.deleteDocument(principal.workspaceId, id, document),
    }),
  ]
}

function encodeBase({ id, name, description, created_at, updated_at }: KnowledgeBaseRecord): AdminKnowledge {
  return { id, object: 'knowledge_base', name, description: description ?? null, created_at, updated_at }
}

function encodeDocument(document: KnowledgeDocumentRecord): AdminDocument {
  const { id, base_id, title, status, bytes, passages, embedded, created_at, updated_at } = document
  return {
    id,
    object: 'knowledge_document',
    knowledge_base_id: base_id,
    title,
    filename: document.filename ?? null,
    url: document.url ?? null,
    status,
    problem: document.problem ?? null,
    bytes,
    passages,
    embedded,
    embedding_model: document.embedding_model ?? null,
    created_at,
    updated_at,
  }
}

function encodeHit({ passage: { document, headings, page, text }, score }: Hit): AdminHits['data'][number] {
  return {
    title: document.title,
    filename: document.filename ?? null,
    url: document.url ?? null,
    headings,
    page: page ?? null,
    text,
    score,
  }
}
