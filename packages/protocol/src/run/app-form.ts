import { z } from 'zod'
import { ParleyError } from './error.js'

/**
 * What kind of app it is: `chat` converses, `agent-chat` converses and shows its steps, `completion` writes one text from
 * its inputs and keeps no conversation, `workflow` runs a graph once, `advanced-chat` runs one for every message.
 */
export const APP_MODES = ['chat', 'agent-chat', 'completion', 'workflow', 'advanced-chat'] as const

/** Reads an {@link AppMode}. */
export const appModeSchema = z.enum(APP_MODES)

/** The kind of an app. Parley's own, in the words of ClickAI's and Dify's clients. */
export type AppMode = z.infer<typeof appModeSchema>

const common = {
  variable: z
    .string()
    .regex(/^[A-Za-z_]\w{0,99}$/, 'it must be letters, digits and _, and begin with a letter')
    .describe('Its name: `{{name}}` in the instructions stands for its value.'),
  label: z.string().max(200).default('').describe('What a form shows. Empty: the name.'),
  required: z.boolean().default(false),
}
const text = { default: z.string().max(100_000).optional(), max_length: z.int().min(1).max(100_000).optional() }
const file = {
  allowed_file_types: z.array(z.enum(['image', 'document', 'audio', 'video', 'custom'])).optional(),
  allowed_file_extensions: z.array(z.string().max(20)).max(100).optional(),
  allowed_file_upload_methods: z.array(z.enum(['local_file', 'remote_url'])).optional(),
}

/** Reads an {@link InputField}. */
export const inputFieldSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('text-input'), ...text }),
  z.strictObject({ ...common, type: z.literal('paragraph'), ...text }),
  z.strictObject({
    ...common,
    type: z.literal('select'),
    options: z.array(z.string().max(1000)).min(1).max(500),
    default: z.string().optional(),
  }),
  z.strictObject({ ...common, type: z.literal('number'), default: z.number().optional() }),
  z.strictObject({ ...common, type: z.literal('checkbox'), default: z.boolean().optional() }),
  z.strictObject({ ...common, type: z.literal('file'), ...file }),
  z.strictObject({ ...common, type: z.literal('file-list'), ...file, max_length: z.int().min(1).max(100).optional() }),
  z.strictObject({
    ...common,
    type: z.literal('json_object'),
    default: z.record(z.string(), z.unknown()).optional(),
  }),
])

/** Reads the form of an app: what it asks for when a thread begins. */
export const appFormSchema = z
  .array(inputFieldSchema)
  .max(100)
  .refine((fields) => new Set(fields.map(({ variable }) => variable)).size === fields.length, 'two have the same name')

/** One field of an app's form. Parley's own, in the words of ClickAI's and Dify's clients. */
export type InputField = z.output<typeof inputFieldSchema>

/** A file as the value of a field. */
export interface InputFile {
  /** Id of the attachment. */
  id: string
  name: string
}

/** Values by the names of their fields; what nobody gave is `null`. */
export type InputValues = Record<string, unknown>

/**
 * The values of a form, in the order of its fields; what it does not ask for is dropped.
 *
 * @throws {ParleyError} `invalid_request` for the first field whose value is missing or wrong, which `param` names
 */
export function checkInputs(form: readonly InputField[], given: InputValues): InputValues {
  return Object.fromEntries(
    form.map((field) => {
      const { value, problem } = readInput(field, own(given, field.variable))
      if (problem === undefined) return [field.variable, value]
      throw new ParleyError('invalid_request', problem, { details: { param: field.variable } })
    }),
  )
}

/** The same of callers who were never shown the form: what does not fit counts as not given. */
export function fittingInputs(form: readonly InputField[], given: InputValues): InputValues {
  return Object.fromEntries(
    form.map((field) => {
      const { value, problem } = readInput(field, own(given, field.variable))
      return [field.variable, problem === undefined ? value : defaultOf(field)]
    }),
  )
}

/** One value as its field has it, or a sentence about what is wrong with it. */
export function readInput(field: InputField, given: unknown): { value?: unknown; problem?: string } {
  const { variable, required } = field
  if (given === undefined || given === null)
    return required ? { problem: `${variable} is required in input form` } : { value: defaultOf(field) }
  return READERS[field.type](given, field as never) // the key picks the reader of this very field
}

type Read = { value?: unknown; problem?: string }
type Readers = { [Type in InputField['type']]: (given: unknown, field: Extract<InputField, { type: Type }>) => Read }

/** As people count: a picture sign is one character, though it takes two places in memory. */
const lengthOf = (text: string): number => text.length - (text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0)

const readText = (given: unknown, { variable, max_length }: { variable: string; max_length?: number | undefined }) => {
  if (typeof given !== 'string') return { problem: `${variable} in input form must be a string` }
  if (max_length !== undefined && lengthOf(given) > max_length)
    return { problem: `${variable} in input form must be less than ${max_length} characters` }
  return { value: given }
}

const READERS: Readers = {
  'text-input': readText,
  paragraph: readText,
  select(given, { variable, options }) {
    if (typeof given !== 'string') return { problem: `${variable} in input form must be a string` }
    if (options.includes(given)) return { value: given }
    return { problem: `${variable} in input form must be one of the following: ${options.join(', ')}` }
  },
  number(given, { variable }) {
    if (typeof given === 'string' && given.trim() === '') return { value: null }
    const value = typeof given === 'string' && DECIMAL.test(given.trim()) ? Number(given) : given
    if (typeof value === 'number' && Number.isFinite(value)) return { value }
    return { problem: `${variable} in input form must be a valid number` }
  },
  checkbox(given, { variable }) {
    const word = typeof given === 'object' ? '' : String(given).trim().toLowerCase()
    if (YES.includes(word)) return { value: true }
    return NO.includes(word) ? { value: false } : { problem: `${variable} in input form must be true or false` }
  },
  file: (given, { variable }) =>
    isFile(given) ? { value: given } : { problem: `${variable} in input form must be a file` },
  'file-list'(given, { variable, max_length }) {
    if (!Array.isArray(given) || !given.every(isFile))
      return { problem: `${variable} in input form must be a list of files` }
    if (max_length !== undefined && given.length > max_length)
      return { problem: `${variable} in input form must have at most ${max_length} files` }
    return { value: given }
  },
  json_object: (given, { variable }) =>
    typeof given === 'object' && !Array.isArray(given)
      ? { value: given }
      : { problem: `${variable} in input form must be an object` },
}

/** Digits, as forms send them; no other notation. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const YES = ['true', '1', 'yes', 'on']
const NO = ['false', '0', 'no', 'off']

const isFile = (value: unknown): value is InputFile =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'

const defaultOf = (field: InputField): unknown => ('default' in field ? field.default : undefined) ?? null

const own = (values: InputValues, name: string): unknown => (Object.hasOwn(values, name) ? values[name] : undefined)
