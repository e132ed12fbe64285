/** A value by which a document is told. */
export type DocumentValue = string | number | undefined
/** What it is compared with. */
export type ComparedWith = string | number | (string | number)[] | undefined

export const COMPARISON_OPERATORS = [
  'contains',
  'not contains',
  'start with',
  'end with',
  'is',
  'is not',
  'in',
  'not in',
  'empty',
  'not empty',
  '=',
  '≠',
  '>',
  '<',
  '≥',
  '≤',
  'before',
  'after',
] as const
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number]

/** Whether a value fits, capitals aside. One that is not there fits what says so, and what says that it is not something. */
export const compareValues = (operator: ComparisonOperator, value: DocumentValue, asked: ComparedWith): boolean =>
  COMPARISONS[operator](value, asked)

const textOf = (value: DocumentValue | ComparedWith): string => (value === undefined ? '' : String(value)).toLowerCase()
const isText = (test: (value: string, asked: string) => boolean) => (value: DocumentValue, asked: ComparedWith) =>
  value !== undefined && test(textOf(value), textOf(asked))
const isNumber = (test: (value: number, asked: number) => boolean) => (value: DocumentValue, asked: ComparedWith) =>
  value !== undefined && value !== '' && asked !== undefined && test(Number(value), Number(asked))
const isAmong = (value: DocumentValue, asked: ComparedWith): boolean => {
  const all = Array.isArray(asked) ? asked : textOf(asked).split(',')
  return value !== undefined && all.some((one) => textOf(one).trim() === textOf(value))
}
const isEmpty = (value: DocumentValue): boolean => value === undefined || value === ''

const COMPARISONS: Record<ComparisonOperator, (value: DocumentValue, asked: ComparedWith) => boolean> = {
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
