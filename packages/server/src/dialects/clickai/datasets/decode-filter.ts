import { compareValues } from '../../../knowledge/compare-values.js'
import type { KnowledgeBaseRecord, KnowledgeDocumentRecord } from '../../../knowledge/knowledge-bases.js'
import { encodeValues } from './encode-values.js'
import type { Filter } from './schema.js'

/** Which documents a filter takes. A field that the base has not is empty in all of them. */
export const decodeFilter =
  ({ logical_operator, conditions }: Filter, base: KnowledgeBaseRecord) =>
  (document: KnowledgeDocumentRecord): boolean => {
    const values = new Map(encodeValues(document, base).map(({ name, value }) => [name, value]))
    const fits = ({ name, comparison_operator, value }: Filter['conditions'][number]) =>
      compareValues(comparison_operator, values.get(name), value)
    return logical_operator === 'and' ? conditions.every(fits) : conditions.some(fits)
  }
