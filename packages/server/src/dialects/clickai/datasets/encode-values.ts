import type { DocumentValue } from '../../../knowledge/compare-values.js'
import type { KnowledgeBaseRecord, KnowledgeDocumentRecord } from '../../../knowledge/knowledge-bases.js'
import { seconds } from '../encode-time.js'

/** What the server knows of every document, as this API calls it. */
export const OWN_FIELDS = {
  document_name: { type: 'string', of: ({ title }: KnowledgeDocumentRecord): DocumentValue => title },
  uploader: { type: 'string', of: (): DocumentValue => 'api' },
  upload_date: { type: 'time', of: ({ created_at }: KnowledgeDocumentRecord): DocumentValue => seconds(created_at) },
  last_update_date: {
    type: 'time',
    of: ({ updated_at }: KnowledgeDocumentRecord): DocumentValue => seconds(updated_at),
  },
  source: {
    type: 'string',
    of: ({ filename }: KnowledgeDocumentRecord): DocumentValue => (filename ? 'file_upload' : 'text'),
  },
} as const

const ownFields = Object.entries(OWN_FIELDS)

/** What a document may be told by, of the fields its base has. */
export function encodeValues(document: KnowledgeDocumentRecord, { fields = [], own_fields }: KnowledgeBaseRecord) {
  const given = fields.flatMap(({ id, name, type }) => {
    const value = document.values?.[id]
    return value === undefined ? [] : [{ id, name, type, value }]
  })
  const own = ownFields.map(([name, { type, of }]) => ({ id: 'built-in', name, type, value: of(document) }))
  return own_fields ? [...given, ...own] : given
}
