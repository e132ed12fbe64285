import type { InputField } from '@parley/protocol'
import { parseObject } from '../parse-object.js'

type Type = InputField['type']
type FileKind = 'image' | 'document' | 'audio' | 'video' | 'custom'

/** One field of an app's form while somebody writes it; of these, its type says which count. */
export interface InputDraft {
  key: string
  type: Type
  variable: string
  label: string
  isRequired: boolean
  /** Of texts, choices, numbers and JSON. */
  preset: string
  /** Of a checkbox. */
  isChecked: boolean
  /** Of a select, one per line. */
  options: string
  /** Of texts in characters, of lists in files. */
  most: string
  fileKinds: FileKind[]
  /** With spaces or commas between them. */
  extensions: string
  /** What this form does not show, kept as it came. */
  methods: ('local_file' | 'remote_url')[] | undefined
}

export const newInput = (given: Partial<InputDraft> = {}): InputDraft => ({
  key: crypto.randomUUID(),
  type: 'text-input',
  variable: '',
  label: '',
  isRequired: false,
  preset: '',
  isChecked: false,
  options: '',
  most: '',
  fileKinds: [],
  extensions: '',
  methods: undefined,
  ...given,
})

export function toInputDraft(field: InputField): InputDraft {
  const { type, variable, label, required } = field
  return newInput({
    type,
    variable,
    label,
    isRequired: required,
    preset: presetOf(field),
    isChecked: field.type === 'checkbox' && field.default === true,
    options: field.type === 'select' ? field.options.join('\n') : '',
    most: 'max_length' in field && field.max_length !== undefined ? String(field.max_length) : '',
    ...('allowed_file_types' in field && { fileKinds: field.allowed_file_types ?? [] }),
    ...('allowed_file_extensions' in field && { extensions: (field.allowed_file_extensions ?? []).join(', ') }),
    ...('allowed_file_upload_methods' in field && { methods: field.allowed_file_upload_methods }),
  })
}

function presetOf(field: InputField): string {
  if (!('default' in field) || field.default === undefined || field.type === 'checkbox') return ''
  return field.type === 'json_object' ? JSON.stringify(field.default, null, 2) : String(field.default)
}

/** What is sent of it; `index`: its place in the form. @throws {FieldError} */
export function toInput(draft: InputDraft, index: number): InputField {
  const common = { variable: draft.variable.trim(), label: draft.label.trim(), required: draft.isRequired }
  return MAKERS[draft.type](common, draft, index)
}

type Common = Pick<InputField, 'variable' | 'label' | 'required'>

const withText = ({ preset, most }: InputDraft) => ({
  ...(preset !== '' && { default: preset }),
  ...(most !== '' && { max_length: Number(most) }),
})

const withFiles = ({ fileKinds, extensions, methods }: InputDraft) => {
  const endings = extensions.split(/[\s,]+/).filter(Boolean)
  return {
    ...(fileKinds.length > 0 && { allowed_file_types: fileKinds }),
    ...(endings.length > 0 && { allowed_file_extensions: endings }),
    ...(methods && { allowed_file_upload_methods: methods }),
  }
}

const MAKERS: Record<Type, (common: Common, draft: InputDraft, index: number) => InputField> = {
  'text-input': (common, draft) => ({ ...common, type: 'text-input', ...withText(draft) }),
  paragraph: (common, draft) => ({ ...common, type: 'paragraph', ...withText(draft) }),
  select: (common, { options, preset }) => ({
    ...common,
    type: 'select',
    options: options
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
    ...(preset !== '' && { default: preset }),
  }),
  number: (common, { preset }) => ({ ...common, type: 'number', ...(preset !== '' && { default: Number(preset) }) }),
  checkbox: (common, { isChecked }) => ({ ...common, type: 'checkbox', ...(isChecked && { default: true }) }),
  file: (common, draft) => ({ ...common, type: 'file', ...withFiles(draft) }),
  'file-list': (common, draft) => ({
    ...common,
    type: 'file-list',
    ...withFiles(draft),
    ...(draft.most !== '' && { max_length: Number(draft.most) }),
  }),
  json_object(common, { preset }, index) {
    const value = parseObject(preset, `agent.inputs.${index}.default`)
    return { ...common, type: 'json_object', ...(value && { default: value }) }
  },
}
