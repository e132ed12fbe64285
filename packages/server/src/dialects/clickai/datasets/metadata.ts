import type { KnowledgeBaseRecord, KnowledgeDocumentRecord } from '../../../knowledge/knowledge-bases.js'
import type { ConditionOperator, Filter } from './schema.js'

type Value = string | number | undefined

/** What the server knows of every document. */
export const OWN_FIELDS = {
  document_name: { type: 'string', of: ({ title }: KnowledgeDocumentRecord): Value => title },
  uploader: { type: 'string', of: (): Value => 'api' },
  upload_date: { type: 'time', of: ({ created_at }: KnowledgeDocumentRecord): Value => seconds(created_at) },
  last_update_date: { type: 'time', of: ({ updated_at }: KnowledgeDocumentRecord): Value => seconds(updated_at) },
  source: { type: 'string', of: ({ filename }: KnowledgeDocumentRecord): Value => (filename ? 'file_upload' : 'text') },
} as const

const seconds = (time: string): number => Math.floor(Date.parse(time) / 1000)

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

/** Which documents a filter takes. A field that the base has not is empty in all of them. */
export function documentFilter(
  { logical_operator, conditions }: Filter,
  { fields = [], own_fields }: KnowledgeBaseRecord,
) {
  const tests = conditions.map(({ name, comparison_operator, value }) => {
    const field = fields.find((one) => one.name === name)
    const own = own_fields ? ownFields.find(([key]) => key === name)?.[1] : undefined
    return (document: KnowledgeDocumentRecord) =>
      COMPARISONS[comparison_operator](field ? document.values?.[field.id] : own?.of(document), value)
  })
  return (document: KnowledgeDocumentRecord): boolean =>
    logical_operator === 'and' ? tests.every((test) => test(document)) : tests.some((test) => test(document))
}

type Asked = string | number | (string | number)[] | undefined

const textOf = (value: Value | Asked): string => (value === undefined ? '' : String(value)).toLowerCase()
const isText = (test: (value: string, asked: string) => boolean) => (value: Value, asked: Asked) =>
  value !== undefined && test(textOf(value), textOf(asked))
const isNumber = (test: (value: number, asked: number) => boolean) => (value: Value, asked: Asked) =>
  value !== undefined && value !== '' && asked !== undefined && test(Number(value), Number(asked))
const isAmong = (value: Value, asked: Asked): boolean => {
  const all = Array.isArray(asked) ? asked : textOf(asked).split(',')
  return value !== undefined && all.some((one) => textOf(one).trim() === textOf(value))
}
const isEmpty = (value: Value): boolean => value === undefined || value === ''

const COMPARISONS: Record<ConditionOperator, (value: Value, asked: Asked) => boolean> = {
  contains: isText((value, asked) => value.includes(asked)),
  'not contains': (value, asked) => !textOf(value).includes(textOf(asked)),
  'start with': isText((value, asked) => value.startsWith(asked)),
  'end with': isText((value, asked) => value.endsWith(asked)),
  is: isText((value, asked) => value === asked),
  'is not': (value, asked) => textOf(value) !== textOf(asked),
  in: isAmong,
  'not in': (value, asked) => !isAmong(value, asked),
  empty: isEmpty,
  'not empty': (value) => !isEmpty(value),
  '=': isNumber((value, asked) => value === asked),
  '≠': isNumber((value, asked) => value !== asked),
  '>': isNumber((value, asked) => value > asked),
  '<': isNumber((value, asked) => value < asked),
  '≥': isNumber((value, asked) => value >= asked),
  '≤': isNumber((value, asked) => value <= asked),
  before: isNumber((value, asked) => value < asked),
  after: isNumber((value, asked) => value > asked),
}
