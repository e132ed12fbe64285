import { adminErrorSchema } from '@parley/protocol/admin'
import { z } from 'zod'
import { LOGIN_COOKIE } from '../../auth/login.js'
import { LINES_TYPE } from '../../http/lines.js'
import type { Operation } from './operation.js'
import { ADMIN_PATH } from './path.js'

type Json = Record<string, unknown>

/** Describes the operations as an OpenAPI 3.1 document, from the schemas that check what comes in. */
export function describeApi(operations: readonly Operation[]): Json {
  const components: Json = {}
  const refer = (schema: z.ZodType, io: 'input' | 'output') => toReference(schema, io, components)
  const error = { content: { 'application/json': { schema: refer(adminErrorSchema, 'output') } } }
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    const path = ADMIN_PATH + operation.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation, refer) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parley admin API',
      version: '1',
      description:
        'Sets a workspace up: apps, API keys, users and sessions. Called with an API key of the scope `admin`, or from the studio by somebody who has signed in there.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(operations.map(({ group }) => group))].map((name) => ({ name })),
    security: [{ apiKey: [] }, { login: [] }],
    paths,
    components: {
      schemas: components,
      securitySchemes: SECURITY_SCHEMES,
      responses: Object.fromEntries(
        Object.entries(FAILURES).map(([status, description]) => [`Error${status}`, { description, ...error }]),
      ),
    },
  }
}

const SECURITY_SCHEMES = {
  apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of the scope `admin`.' },
  login: {
    type: 'apiKey',
    in: 'cookie',
    name: LOGIN_COOKIE,
    description:
      'Somebody who has signed in to the studio; over https its name begins with `__Secure-`. Only for pages of the server itself: `Origin` or `Sec-Fetch-Site` has to say so.',
  },
}

type Refer = (schema: z.ZodType, io: 'input' | 'output') => Json

function describe(operation: Operation, refer: Refer): Json {
  const { id, group, summary, path, query, body, maxBytes, status, failures } = operation
  const parameters = [...pathParameters(path), ...(query ? queryParameters(query) : [])]
  return {
    operationId: id,
    tags: [group],
    summary,
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { required: isNeeded(body), content: { 'application/json': { schema: refer(body, 'input') } } },
    }),
    ...(maxBytes !== undefined && { requestBody: { required: true, content: { 'application/octet-stream': {} } } }),
    responses: {
      [status]: describeAnswer(operation, refer),
      ...Object.fromEntries(
        failuresOf({ query, body, failures }).map((code) => [code, { $ref: `#/components/responses/Error${code}` }]),
      ),
    },
  }
}

function describeAnswer({ answer, lines }: Operation, refer: Refer): Json {
  if (answer) return { description: 'Done.', content: { 'application/json': { schema: refer(answer, 'output') } } }
  if (!lines) return { description: 'Done. There is no body.' }
  return {
    description: 'JSON lines; the schema is that of one line.',
    content: { [LINES_TYPE]: { schema: refer(lines, 'output') } },
  }
}

/** What may go wrong everywhere, and what else may here. */
const failuresOf = ({ query, body, failures }: Pick<Operation, 'query' | 'body' | 'failures'>) =>
  [...new Set([401, 403, 429, ...(query || body ? [400] : []), ...failures])].sort()

const FAILURES: Record<number, string> = {
  400: 'The request is not valid; `param` names the field.',
  401: 'There is no credential, or it is worth nothing.',
  403: 'The credential may not do this.',
  404: 'There is no such thing in this workspace.',
  413: 'The file is larger than this server takes.',
  409: 'It does not fit what is there already.',
  429: 'Too many requests; `retry-after` says when to try again.',
  501: 'This server is not set up for it.',
}

/** A body whose fields can all be left out can be left out. */
const isNeeded = (body: z.ZodType) => !body.safeParse({}).success

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))

function queryParameters(query: z.ZodType): Json[] {
  const { properties = {}, required = [] } = toJsonSchema(query, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  } // an object's
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }))
}

/** The schema by its name, which is kept with everything it refers to among the components. */
function toReference(schema: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const { $defs = {}, ...rest } = toJsonSchema(schema, io) as { $defs?: Json } & Json
  for (const [name, definition] of Object.entries($defs)) components[name] = definition
  return rest
}

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    override({ zodSchema, jsonSchema }) {
      // The expression behind a time is a page long and says no more than its format.
      if (zodSchema._zod.def.type === 'string' && jsonSchema.format === 'date-time') delete jsonSchema.pattern
      // Answers may get more fields without being another version.
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
    },
  })
  return JSON.parse(JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/'))
}
