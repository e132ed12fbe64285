import type { Owned } from '../victim.js'
import { type Attempt, attemptsAt, type Tried } from './attempt.js'

/** Every route of ClickAI's knowledge API, with the ids in every place that takes one. */
export const datasetAttempts = ({ knowledge, document, segment, child, upload, tag, field }: Owned): Attempt[] => {
  const base = `/datasets/${knowledge}`
  const text = { name: 'Mine', text: 'Mine now' }
  const file = new FormData()
  file.set('file', new File(['Mine now'], 'mine.txt', { type: 'text/plain' }))
  const pipeline = {
    inputs: {},
    datasource_type: 'local_file',
    datasource_info_list: [{ reference: upload }],
    start_node_id: 'local_file',
    response_mode: 'blocking',
  }
  const value = { document_id: document, metadata_list: [{ id: field, value: 'Mine now' }] }
  const tries: Tried[] = [
    ['GET', '/datasets'],
    ['GET', `/datasets?tag_ids=${tag}`],
    ['GET', base],
    ['PATCH', base, { name: 'Mine now' }],
    ['POST', `${base}/retrieve`, { query: 'only for ada' }],
    ['POST', `${base}/hit-testing`, { query: 'only for ada' }],
    ['GET', `${base}/tags`],
    ['GET', '/datasets/tags'],
    ['PATCH', '/datasets/tags', { tag_id: tag, name: 'Mine now' }],
    ['POST', '/datasets/tags/binding', { tag_ids: [tag], target_id: knowledge }],
    ['POST', '/datasets/tags/unbinding', { tag_ids: [tag], target_id: knowledge }],
    ['DELETE', '/datasets/tags', { tag_id: tag }],
    ['GET', `${base}/metadata`],
    ['POST', `${base}/metadata`, { type: 'string', name: 'mine' }],
    ['PATCH', `${base}/metadata/${field}`, { name: 'mine' }],
    ['DELETE', `${base}/metadata/${field}`],
    ['GET', `${base}/metadata/built-in`],
    ['POST', `${base}/metadata/built-in/enable`],
    ['POST', `${base}/documents/metadata`, { operation_data: [value] }],
    ...['document', 'documents'].flatMap((place): Tried[] => [
      ['POST', `${base}/${place}/create-by-text`, text],
      ['POST', `${base}/${place}/create_by_text`, text],
      ['POST', `${base}/${place}/create-by-text`, { ...text, original_document_id: document }],
      ['POST', `${base}/${place}/create-by-file`, file],
      ['POST', `${base}/${place}/create_by_file`, file],
    ]),
    ['PATCH', `${base}/documents/status/disable`, { document_ids: [document] }],
    ['GET', `${base}/documents`],
    ['GET', `${base}/documents/${document}`],
    ['GET', `${base}/documents/${document}/indexing-status`],
    ['PATCH', `${base}/documents/${document}`, { name: 'Mine now' }],
    ['POST', `${base}/documents/${document}/update-by-text`, text],
    ['POST', `${base}/documents/${document}/update_by_text`, text],
    ['POST', `${base}/documents/${document}/update-by-file`, file],
    ['POST', `${base}/documents/${document}/update_by_file`, file],
    ['GET', `${base}/documents/${document}/segments`],
    ['POST', `${base}/documents/${document}/segments`, { segments: [{ content: 'Mine now' }] }],
    ['GET', `${base}/documents/${document}/segments/${segment}`],
    ['POST', `${base}/documents/${document}/segments/${segment}`, { segment: { content: 'Mine now' } }],
    ['GET', `${base}/documents/${document}/segments/${segment}/child_chunks`],
    ['POST', `${base}/documents/${document}/segments/${segment}/child_chunks`, { content: 'Mine now' }],
    ['PATCH', `${base}/documents/${document}/segments/${segment}/child_chunks/${child}`, { content: 'Mine now' }],
    ['DELETE', `${base}/documents/${document}/segments/${segment}/child_chunks/${child}`],
    ['GET', `${base}/documents/${document}/download`],
    ['POST', `${base}/documents/download-zip`, { document_ids: [document] }],
    ['GET', `${base}/pipeline/datasource-plugins`],
    ['POST', `${base}/pipeline/datasource/nodes/local_file/run`, { inputs: {}, datasource_type: 'local_file' }],
    ['POST', `${base}/pipeline/run`, pipeline],
    ['DELETE', `${base}/documents/${document}/segments/${segment}`],
    ['DELETE', `${base}/documents/${document}`],
    ['DELETE', base],
  ]
  return attemptsAt('/v1', tries)
}
