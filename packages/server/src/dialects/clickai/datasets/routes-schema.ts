import { z } from 'zod'
import type { RouteDescription } from '../../../http/route-description.js'
import { numberedListOf } from '../schema.js'
import {
  childChunkSchema,
  datasetSchema,
  documentSchema,
  fieldSchema,
  pipelineFileSchema,
  pipelineSchema,
  pluginSchema,
  progressSchema,
  recordSchema,
  segmentSchema,
  tagSchema,
  wholeDocumentSchema,
} from './answers-schema.js'
import {
  bindTagsSchema,
  childSchema,
  createDatasetSchema,
  createFieldSchema,
  createSegmentsSchema,
  createTagSchema,
  deleteTagSchema,
  documentIdsSchema,
  documentTextSchema,
  documentValuesSchema,
  listSchema,
  pipelineRunSchema,
  renameFieldSchema,
  renameTagSchema,
  retrieveSchema,
  unbindTagsSchema,
  updateDatasetSchema,
  updateSegmentSchema,
  updateTextSchema,
  zippedIdsSchema,
} from './schema.js'

const madeSchema = z.object({
  document: documentSchema,
  batch: z.string().describe('What to ask for how far it is.'),
})
const done = z.object({ result: z.literal('success') })
const oneSegment = z.object({ data: segmentSchema, doc_form: z.string() })
const oneChild = z.object({ data: childChunkSchema })
const fileForm = z.object({
  file: z.file(),
  data: z.string().optional().describe('JSON: how it is to be taken, such as its `name`.'),
})
const group = 'Knowledge'
const DATASET_KEY = 'With a key of the scope `knowledge`, not with one of an app.'

const about = (id: string, summary: string, more: Partial<RouteDescription> = {}): RouteDescription => ({
  id,
  group,
  summary,
  text: DATASET_KEY,
  failures: [404],
  ...more,
})

const file = { form: fileForm, example: { file: '@notes.txt', data: '{}' } }

/** What the documentation says of each route. */
export const ABOUT = {
  createDataset: about('createDataset', 'Make a knowledge base.', {
    body: createDatasetSchema,
    example: { name: 'Shop handbook' },
    answer: datasetSchema,
    failures: [409],
  }),
  listDatasets: about('listDatasets', 'List knowledge bases, the newest first.', {
    query: listSchema.extend({ tag_ids: z.string().optional() }),
    answer: numberedListOf(datasetSchema),
    failures: [],
  }),
  getDataset: about('getDataset', 'Get a knowledge base.', { answer: datasetSchema }),
  updateDataset: about('updateDataset', 'Change a knowledge base, and how it is searched.', {
    body: updateDatasetSchema,
    example: { description: 'How our shop works.' },
    answer: datasetSchema,
    failures: [404, 409],
  }),
  deleteDataset: about('deleteDataset', 'Delete a knowledge base with its documents.'),
  retrieve: about('retrieveSegments', 'Search a knowledge base.', {
    body: retrieveSchema,
    example: { query: 'How long may I return things?' },
    answer: z.object({ query: z.object({ content: z.string() }), records: z.array(recordSchema) }),
  }),
  createByText: about('createDocumentByText', 'Add a text. It is read, and found, soon afterwards.', {
    body: documentTextSchema,
    example: { name: 'Returns', text: 'You may return anything within thirty days.' },
    answer: madeSchema,
  }),
  createByFile: about('createDocumentByFile', 'Add a file: PDF, Word, Excel, CSV, HTML, Markdown or text.', {
    ...file,
    answer: madeSchema,
    failures: [404, 413],
  }),
  updateByText: about('updateDocumentByText', 'Give a document another text, or another name.', {
    body: updateTextSchema,
    example: { text: 'You may return anything within sixty days.' },
    answer: madeSchema,
  }),
  updateByFile: about('updateDocumentByFile', 'Give a document the text of a file.', {
    ...file,
    answer: madeSchema,
    failures: [404, 413],
  }),
  changeDocument: about('changeDocument', 'Give a document another text or name; a form with a file does it too.', {
    body: updateTextSchema,
    example: { name: 'Refunds' },
    answer: madeSchema,
  }),
  setStatus: about('setDocumentStatus', 'Enable, disable, archive or un_archive documents.', {
    body: documentIdsSchema,
    params: { action: 'disable' },
    example: { document_ids: ['DOCUMENT_ID'] },
    answer: done,
  }),
  listDocuments: about('listDatasetDocuments', 'List documents, the newest first.', {
    query: listSchema.extend({ status: z.string().optional().describe('A display_status.') }),
    answer: numberedListOf(documentSchema),
  }),
  getDocument: about('getDatasetDocument', 'Get a document.', {
    query: z.object({ metadata: z.enum(['all', 'only', 'without']).optional() }),
    answer: wholeDocumentSchema,
  }),
  deleteDocument: about('deleteDatasetDocument', 'Delete a document.'),
  indexingStatus: about('getIndexingStatus', 'Ask how far a batch is.', {
    answer: z.object({ data: z.array(progressSchema) }),
  }),
  createSegments: about('createSegments', 'Add passages to a document.', {
    body: createSegmentsSchema,
    example: { segments: [{ content: 'Gift cards cannot be returned.', keywords: ['voucher'] }] },
    answer: z.object({ data: z.array(segmentSchema), doc_form: z.string() }),
    failures: [404, 409],
  }),
  listSegments: about('listSegments', 'List the passages of a document.', {
    query: listSchema.extend({ status: z.string().optional() }),
    answer: numberedListOf(segmentSchema).extend({ doc_form: z.string() }),
  }),
  getSegment: about('getSegment', 'Get a passage.', { answer: oneSegment }),
  updateSegment: about('updateSegment', 'Change a passage, or hide it from searches.', {
    body: updateSegmentSchema,
    example: { segment: { content: 'Gift cards can be returned.', enabled: true } },
    answer: oneSegment,
    failures: [404, 409],
  }),
  deleteSegment: about('deleteSegment', 'Delete a passage.', { failures: [404, 409] }),
  createChild: about('createChildChunk', 'Add a part to a passage.', {
    body: childSchema,
    example: { content: 'Gift cards cannot be returned.' },
    answer: oneChild,
    failures: [404, 409],
  }),
  listChildren: about('listChildChunks', 'List the parts of a passage.', {
    query: listSchema,
    answer: z.object({
      data: z.array(childChunkSchema),
      total: z.int(),
      total_pages: z.int(),
      page: z.int(),
      limit: z.int(),
    }),
  }),
  updateChild: about('updateChildChunk', 'Change a part of a passage.', {
    body: childSchema,
    example: { content: 'Gift cards can be returned.' },
    answer: oneChild,
    failures: [404, 409],
  }),
  deleteChild: about('deleteChildChunk', 'Delete a part of a passage.', { failures: [404, 409] }),
  downloadDocument: about('downloadDocument', 'Get an address where a document can be read as it was brought.', {
    answer: z.object({ url: z.string().describe('Good for ten minutes, without a key.') }),
  }),
  downloadZip: about('downloadDocuments', 'Get documents as they were brought, in one ZIP archive.', {
    body: zippedIdsSchema,
    example: { document_ids: ['DOCUMENT_ID'] },
    file: 'application/zip',
  }),
  uploadPipelineFile: about('uploadPipelineFile', 'Upload a file, for a pipeline to make a document of.', {
    form: z.object({ file: z.file() }),
    example: { file: '@notes.txt' },
    answer: pipelineFileSchema,
    status: 201,
    failures: [413],
  }),
  listDatasources: about('listDatasources', 'List what the pipeline of a knowledge base begins with: uploaded files.', {
    answer: z.array(pluginSchema),
  }),
  runPipeline: about('runPipeline', 'Make documents of uploaded files, and wait until they are read.', {
    body: pipelineRunSchema,
    example: {
      inputs: {},
      datasource_type: 'local_file',
      datasource_info_list: [{ reference: 'FILE_ID', name: 'notes.txt' }],
      start_node_id: 'local_file',
      is_published: true,
      response_mode: 'blocking',
    },
    answer: pipelineSchema,
    events: z.looseObject({ event: z.string(), data: z.looseObject({}).optional() }),
  }),
  listTags: about('listTags', 'List tags.', { answer: z.array(tagSchema), failures: [] }),
  createTag: about('createTag', 'Make a tag.', {
    body: createTagSchema,
    example: { name: 'public' },
    answer: tagSchema,
    failures: [400, 409],
  }),
  renameTag: about('renameTag', 'Rename a tag.', {
    body: renameTagSchema,
    example: { tag_id: 'TAG_ID', name: 'internal' },
    answer: tagSchema,
  }),
  deleteTag: about('deleteTag', 'Delete a tag.', { body: deleteTagSchema, example: { tag_id: 'TAG_ID' } }),
  bindTags: about('bindTags', 'Give a knowledge base tags.', {
    body: bindTagsSchema,
    example: { tag_ids: ['TAG_ID'], target_id: 'DATASET_ID' },
  }),
  unbindTags: about('unbindTags', 'Take tags off a knowledge base.', {
    body: unbindTagsSchema,
    example: { tag_ids: ['TAG_ID'], target_id: 'DATASET_ID' },
  }),
  tagsOfDataset: about('listTagsOfDataset', 'List the tags of a knowledge base.', {
    answer: z.object({ data: z.array(z.object({ id: z.string(), name: z.string() })), total: z.int() }),
  }),
  createField: about('createMetadata', 'Add a property that documents of a knowledge base may have.', {
    body: createFieldSchema,
    example: { type: 'number', name: 'year' },
    answer: fieldSchema,
    status: 201,
  }),
  listFields: about('listMetadata', 'List the properties of a knowledge base’s documents.', {
    answer: z.object({
      doc_metadata: z.array(fieldSchema.extend({ count: z.int() })),
      built_in_field_enabled: z.boolean(),
    }),
  }),
  renameField: about('renameMetadata', 'Rename a property.', {
    body: renameFieldSchema,
    example: { name: 'since' },
    answer: fieldSchema,
  }),
  deleteField: about('deleteMetadata', 'Delete a property.'),
  ownFields: about('listBuiltInMetadata', 'List the properties that every document has.', {
    answer: z.object({ fields: z.array(fieldSchema.omit({ id: true })) }),
  }),
  useOwnFields: about('setBuiltInMetadata', 'Enable or disable the properties that every document has.', {
    params: { action: 'enable' },
    answer: done,
  }),
  setValues: about('updateDocumentMetadata', 'Give documents their properties.', {
    body: documentValuesSchema,
    example: {
      operation_data: [
        { document_id: 'DOCUMENT_ID', metadata_list: [{ id: 'METADATA_ID', name: 'year', value: 2026 }] },
      ],
    },
    answer: done,
  }),
  listModels: about('listModels', 'List the models of a kind that knowledge can be made with.', {
    params: { type: 'text-embedding' },
    answer: z.object({ data: z.array(z.looseObject({ provider: z.string(), status: z.string() })) }),
    failures: [400],
  }),
} as const satisfies Record<string, RouteDescription>
