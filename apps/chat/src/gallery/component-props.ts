import { widgetPropsSchemas } from '@parley/protocol'
import { z } from 'zod'

/** One prop of a widget component, as its schema knows it. */
export interface PropInfo {
  name: string
  isRequired: boolean
  /** `"sm" | "md"`, `number | string`, `object` … */
  values: string
}

/** The props of a component, the required ones first; none for what is no component. `type` goes without saying. */
export function componentProps(type: string): PropInfo[] {
  if (!Object.hasOwn(widgetPropsSchemas, type)) return []
  const schema = widgetPropsSchemas[type as keyof typeof widgetPropsSchemas] // its own key, as checked
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return Object.entries(properties)
    .filter(([name]) => name !== 'type')
    .map(([name, value]) => ({ name, isRequired: required.includes(name), values: describe(value as JsonType) }))
    .sort((one, other) => Number(other.isRequired) - Number(one.isRequired))
}

/** As much of JSON Schema as the widgets' schemas use. */
interface JsonType {
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  anyOf?: JsonType[]
  oneOf?: JsonType[]
  items?: JsonType
}

function describe(value: JsonType): string {
  const options = value.anyOf ?? value.oneOf
  if (options) return [...new Set(options.map(describe))].filter((name) => name !== 'null' && name !== '').join(' | ')
  if (value.enum) return value.enum.map((word) => JSON.stringify(word)).join(' | ')
  if (value.const !== undefined) return JSON.stringify(value.const)
  if (value.type === 'array') return `${wrapped(describe(value.items ?? {}))}[]`
  return [value.type ?? 'any']
    .flat()
    .filter((name) => name !== 'null')
    .join(' | ')
}

const wrapped = (name: string) => (name.includes(' ') ? `(${name})` : name)
