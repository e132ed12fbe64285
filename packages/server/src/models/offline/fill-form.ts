import { isObject } from '../../base/json.js'
import { significantWords } from './significant-words.js'

/**
 * A value of the form that an app asks for (`outputType`, a JSON schema), found in the person's words as far as plain
 * patterns can: the option they name, the number they say, and all they said where a text is wanted. What they do not
 * say is left empty. A program that goes on with the answer can then be tried without a language model.
 */
export function fillForm(schema: unknown, text: string): unknown {
  return fill(schema, { text, root: schema, depth: 0 })
}

interface Place {
  text: string
  /** Where `$ref` looks. */
  root: unknown
  depth: number
}

/** Forms that contain themselves end here. */
const MAX_DEPTH = 12

function fill(schema: unknown, place: Place): unknown {
  if (!isObject(schema) || place.depth > MAX_DEPTH) return null
  const inner = { ...place, depth: place.depth + 1 }
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.enum)) return chooseOption(schema.enum, place.text)
  if (typeof schema.$ref === 'string') return fill(referred(schema.$ref, place.root), inner)
  const choices = schema.anyOf ?? schema.oneOf
  if (Array.isArray(choices)) return fill(choices.find(acceptsNull) ?? choices[0], inner)
  if (Array.isArray(schema.allOf))
    return Object.assign({}, ...schema.allOf.map((part) => fill(part, inner)).filter(isObject))

  const type = Array.isArray(schema.type) ? (schema.type.includes('null') ? 'null' : schema.type[0]) : schema.type
  if (type === 'string') return place.text
  if (type === 'number' || type === 'integer') return numberFor(schema, place.text)
  if (type === 'boolean') return false
  if (type === 'array') return Array.from({ length: Number(schema.minItems ?? 0) }, () => fill(schema.items, inner))
  if (type === 'object' || isObject(schema.properties)) return fillObject(schema, inner)
  return null
}

function fillObject({ properties, required }: Record<string, unknown>, place: Place): Record<string, unknown> {
  const needed = new Set(Array.isArray(required) ? required : [])
  const entries = Object.entries(isObject(properties) ? properties : {})
  return Object.fromEntries(entries.filter(([key]) => needed.has(key)).map(([key, value]) => [key, fill(value, place)]))
}

/** The option that shares most with what the person says; if none does, the one for all others, or else the first. */
function chooseOption(options: unknown[], text: string): unknown {
  const said = new Set(significantWords(text))
  const shared = (option: unknown) =>
    significantWords(String(option).replaceAll('_', ' ')).filter((word) => said.has(word)).length
  const [best] = options.toSorted((one, other) => shared(other) - shared(one))
  if (shared(best) > 0) return best
  return options.find((option) => /^(other|else|default|general|unknown|none)\b/i.test(String(option))) ?? options[0]
}

function numberFor({ type, minimum, maximum }: Record<string, unknown>, text: string): number {
  const said = Number(/-?\d+(?:\.\d+)?/.exec(text)?.[0] ?? 0)
  const number = type === 'integer' ? Math.trunc(said) : said
  return Math.min(Math.max(number, Number(minimum ?? number)), Number(maximum ?? Number.POSITIVE_INFINITY))
}

const acceptsNull = (schema: unknown): boolean => isObject(schema) && schema.type === 'null'

/** What `#/$defs/name` points to. */
const referred = (ref: string, root: unknown): unknown =>
  ref
    .split('/')
    .slice(1)
    .reduce<unknown>((place, key) => (isObject(place) ? place[key] : undefined), root)
