import { z } from 'zod'
import type { RouteDescription } from '../../../http/route-description.js'
import {
  documentSchema,
  documentsSchema,
  idsSchema,
  knowledgeBaseSchema,
  knowledgeChangeSchema,
  knowledgeSchema,
  passageSchema,
  retrieveSchema,
} from './schema.js'

/** What the documentation says of knowledge bases. */

const knowledge = { group: 'Knowledge', credentials: ['apiKey'], failures: [403] } as const
const one = { ...knowledge, failures: [403, 404] } as const

export const createKnowledge: RouteDescription = {
  ...knowledge,
  id: 'createKnowledge',
  summary: 'Make a knowledge base. Agents search it when their tool `knowledge_base` names it.',
  text: 'The key needs the scope `knowledge`, and belongs to no single app.',
  body: knowledgeSchema,
  example: { name: 'Opening hours', description: 'What everybody asks.' },
  answer: knowledgeBaseSchema,
  status: 201,
}
export const listKnowledge: RouteDescription = {
  ...knowledge,
  id: 'listKnowledge',
  summary: 'List knowledge bases.',
  answer: z.object({ items: z.array(knowledgeBaseSchema), total: z.int() }),
}
export const getKnowledge: RouteDescription = {
  ...one,
  id: 'getKnowledge',
  summary: 'Get a knowledge base.',
  answer: knowledgeBaseSchema,
}
export const updateKnowledge: RouteDescription = {
  ...one,
  id: 'updateKnowledge',
  summary: 'Change a knowledge base.',
  body: knowledgeChangeSchema,
  example: { name: 'Handbook, second edition' },
  answer: knowledgeBaseSchema,
}
export const deleteKnowledge: RouteDescription = {
  ...one,
  id: 'deleteKnowledge',
  summary: 'Delete a knowledge base with its documents.',
  answer: z.object({ id: z.string() }),
}
export const listDocuments: RouteDescription = {
  ...one,
  id: 'listKnowledgeDocuments',
  summary: 'List the documents of a knowledge base.',
  answer: z.object({ items: z.array(documentSchema), total: z.int() }),
}
export const addDocuments: RouteDescription = {
  ...one,
  id: 'addKnowledgeDocuments',
  summary: 'Add files that were uploaded, or texts. They are read at once.',
  body: documentsSchema,
  example: [{ name: 'Opening hours', text: 'We open at nine.' }],
  answer: z.array(documentSchema),
  status: 201,
}
export const processDocuments: RouteDescription = {
  ...one,
  id: 'processKnowledgeDocuments',
  summary: 'Ask for documents to be read. They are read when they are added: this says how far they are.',
  body: idsSchema,
  example: ['DOCUMENT_ID'],
  answer: z.array(documentSchema),
}
export const documentStatus: RouteDescription = {
  ...one,
  id: 'knowledgeDocumentStatus',
  summary: 'Ask how far documents are.',
  query: z.object({ ids: z.string().optional().describe('Ids, with commas between them. Left out: all.') }),
  answer: z.array(documentSchema),
}
export const retrieve: RouteDescription = {
  ...one,
  id: 'retrieveKnowledge',
  summary: 'Search a knowledge base, as an agent does.',
  body: retrieveSchema,
  example: { query: 'When do you open?' },
  answer: z.array(passageSchema),
}
