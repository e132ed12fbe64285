import type { InputField, InputFile, InputValues, ThreadMetadata } from '@parley/protocol'
import type { NotedThread } from '../storage/store.js'
import type { AnyAgent } from './thread-history.js'

/** Puts values in the places of a text that name them: `{{name}}`. Places of names the form does not have stay as they are. */
export function fillText(text: string, form: readonly InputField[], values: InputValues): string {
  const names = new Set(form.map(({ variable }) => variable))
  return text.replace(PLACE, (place, name: string) => (names.has(name) ? toText(values[name]) : place))
}

const PLACE = /\{\{\s*([A-Za-z_]\w*)\s*\}\}/g

function toText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(toText).join(', ')
  if (typeof value !== 'object') return String(value)
  return 'id' in value && 'name' in value ? (value as InputFile).name : JSON.stringify(value) // a file has both
}

/** The variables of a thread. */
export const stateOfThread = (thread: ThreadMetadata): InputValues => (thread as NotedThread).notes?.state ?? {} // it may have notes

/** The agent with the values of this thread in its instructions. Instructions that are code read them by themselves. */
export function withInputs(agent: AnyAgent, form: readonly InputField[], values: InputValues): AnyAgent {
  const { instructions } = agent
  if (form.length === 0 || typeof instructions !== 'string') return agent
  const filled = fillText(instructions, form, values)
  return filled === instructions ? agent : agent.clone({ instructions: filled })
}
