import { z } from 'zod'
import type { Json } from '../components.js'

/** What of an OpenAPI document is looked at. */
export interface OpenApi {
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, { content?: Content }> }>>
  components: { schemas: Json }
}
type Content = Record<string, { schema?: Json }>

/** What is wrong with an answer, by what a document says of it: nothing, or in words. */
export type AnswerCheck = (request: Request, response: Response) => Promise<string | undefined>

/** Checks JSON answers: their status, every field that has to be there, and that there is none nobody is told of. */
export function checkOfAnswers({ paths, components }: OpenApi): AnswerCheck {
  const operations = Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
    )
    .map((operation) => ({ ...operation, pattern: patternOf(operation.path), checks: new Map<Json, z.ZodType>() }))
    .sort((a, b) => parametersIn(a.path) - parametersIn(b.path)) // a name of its own before any name

  return async (request, response) => {
    const { pathname } = new URL(request.url)
    const operation = operations.find(({ method, pattern }) => method === request.method && pattern.test(pathname))
    if (!operation || !isJson(response)) return undefined
    const { operationId, responses, checks } = operation
    const told = responses[response.status]
    const schema = told?.content?.['application/json']?.schema
    if (!schema) return `${operationId} is not said to answer ${response.status} with JSON.`
    const check = checks.get(schema) ?? z.fromJSONSchema(closed({ ...schema, $defs: components.schemas }))
    checks.set(schema, check)
    const { error } = check.safeParse(await response.clone().json())
    return error && `${operationId} answers something else than is said: ${z.prettifyError(error)}`
  }
}

const isJson = ({ headers }: Response) => headers.get('content-type')?.startsWith('application/json') ?? false
const parametersIn = (path: string) => path.split('{').length
const patternOf = (path: string) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`)

/** The same with no room for fields that it does not name; its references point into itself. */
function closed(schema: Json): Json {
  const text = JSON.stringify(schema).replaceAll('"#/components/schemas/', '"#/$defs/')
  return JSON.parse(text, (_, value) =>
    isObjectSchema(value) ? { ...value, additionalProperties: value.additionalProperties ?? false } : value,
  )
}

const isObjectSchema = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'object' && 'properties' in value
