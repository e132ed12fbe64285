import { isRecord } from './is-record.js'
import { withoutMessage } from './options.js'
import { pluginsIn } from './slash-commands.js'

/** A message of the page as ours. What it says may stand in the state alone, where Xpert's own servers read it. */
export function toMessage({ state, ...params }: Record<string, unknown>): Record<string, unknown> {
  const { human } = Object(state) as { human?: unknown }
  const { input, ...said } = Object(human) as Record<string, unknown>
  const { runtimeCapabilities = said.runtimeCapabilities, references = said.references, ...message } = params
  const tools = pluginsIn(runtimeCapabilities)
  const variables = withoutMessage(state)
  return {
    ...withReply({ ...message, references }),
    ...(params.text === undefined && typeof input === 'string' && { text: input }),
    ...(tools.length > 0 && { tools }),
    ...(Object.keys(variables).length > 0 && { state: variables }),
  }
}

/**
 * What Xpert calls references is what we call a reply: one passage, of all their words.
 *
 * @param kept What the composer holds already, for references that are to be added to it.
 */
export function withReply(params: Record<string, unknown>, kept: string | null = null): Record<string, unknown> {
  const { references, appendReferences, reply, ...others } = params
  if (!Array.isArray(references) || reply !== undefined) return { ...others, ...(reply !== undefined && { reply }) }
  const words = [...(appendReferences === true ? [kept] : []), ...references.filter(isRecord).map(wordsOf)]
  return { ...others, reply: words.filter(Boolean).join('\n\n') }
}

/** Lines of a file are introduced by their place; of a picture there may be nothing to say. */
function wordsOf({ type, text, path, startLine, endLine }: Record<string, unknown>): string {
  const words = typeof text === 'string' ? text : ''
  return type === 'code' && path ? `${String(path)}:${String(startLine)}-${String(endLine)}\n${words}` : words
}
