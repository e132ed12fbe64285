import type { ModelSource } from '../../models/model-source.js'

/** Names of models in exported files → names at this server's model host; `*` stands for every other name. */
export type ModelMap = Readonly<Record<string, string>>

/** What came after models that OpenAI no longer serves. */
const SUCCESSORS: ModelMap = {
  'gpt-4-turbo-preview': 'gpt-4.1',
  'gpt-4.5-preview': 'gpt-4.1',
  'gpt-4-32k': 'gpt-4.1',
  'o1-preview': 'o3',
  'o1-mini': 'o4-mini',
}

/** Names only OpenAI's own host knows. */
const OPENAI_ONLY = /^(gpt-(?!oss)|chatgpt-|o\d)/

/**
 * The name to ask this server's host for. A file names OpenAI's models; any other host answers with its default model
 * unless the map says more. `undefined`: the default model.
 */
export function mapModel(name: string | undefined, map: ModelMap, kind: ModelSource['kind']): string | undefined {
  if (!name) return undefined
  if (Object.hasOwn(map, name)) return map[name]
  if (map['*'] !== undefined) return map['*']
  if (kind !== 'responses') return OPENAI_ONLY.test(name) ? undefined : name
  return Object.hasOwn(SUCCESSORS, name) ? SUCCESSORS[name] : name
}
