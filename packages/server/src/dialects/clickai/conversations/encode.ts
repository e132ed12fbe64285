import type { InputField, InputValues, ThreadMetadata } from '@parley/protocol'
import type { NotedThread, RunRecord } from '../../../engine/engine.js'
import { seconds } from '../encode-time.js'
import type { Conversation, Variable } from './schema.js'

const NEW_NAME = 'New conversation'

/** The values a conversation goes on with: those its app asks for. */
export function inputsOf(thread: ThreadMetadata, form: readonly InputField[]): InputValues {
  const state = (thread as NotedThread).notes?.state ?? {} // it may have notes
  return Object.fromEntries(form.map(({ variable }) => [variable, state[variable] ?? null]))
}

export function encodeConversation(
  thread: NotedThread,
  { run, form }: { run?: RunRecord | undefined; form: readonly InputField[] },
): Conversation {
  const touched = [thread.created_at, thread.notes?.updated_at, run?.created_at, run?.ended_at]
  const latest = Math.max(...touched.flatMap((time) => (time === undefined ? [] : [seconds(time)])))
  return {
    id: thread.id,
    name: thread.title ?? NEW_NAME,
    inputs: inputsOf(thread, form),
    status: 'normal',
    introduction: '',
    created_at: seconds(thread.created_at),
    updated_at: latest,
  }
}

const VALUE_TYPES: Record<InputField['type'], Variable['value_type']> = {
  'text-input': 'string',
  paragraph: 'string',
  select: 'string',
  number: 'number',
  checkbox: 'boolean',
  file: 'file',
  'file-list': 'array[file]',
  json_object: 'object',
}

export const valueTypeOf = ({ type }: InputField): Variable['value_type'] => VALUE_TYPES[type]

/** The variables of a conversation are the values of its app's form, which may be changed on the way. */
export const encodeVariable = (field: InputField, id: string, thread: NotedThread): Variable => ({
  id,
  name: field.variable,
  value_type: valueTypeOf(field),
  value: thread.notes?.state?.[field.variable] ?? null,
  description: field.label,
  created_at: seconds(thread.created_at),
  updated_at: seconds(thread.notes?.updated_at ?? thread.created_at),
})
