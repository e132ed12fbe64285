import type { z } from 'zod'
import { LOGIN_COOKIE } from '../auth/login.js'
import { LINES_TYPE } from '../http/lines.js'
import type { Credential, Exchange, FailureStatus } from '../http/route-description.js'
import { type Components, createComponents, type Json } from './components.js'
import type { DocumentedApi, DocumentedRoute } from './documented-api.js'

/** What a document says of itself. */
export interface DocumentAbout {
  title: string
  version: string
  description: string
  /** The base address of the server, as the reader reaches it. */
  server: string
}

/**
 * Describes APIs as one OpenAPI 3.1 document, from the schemas that check what comes in. One API is described with its
 * operations' own names and a tag for each heading; several with the API in front of both.
 */
export function describeApis(
  apis: readonly DocumentedApi[],
  { title, version, description, server }: DocumentAbout,
): Json {
  const components = createComponents()
  const isOne = apis.length === 1
  const paths: Record<string, Json> = {}
  const tags = new Map<string, Json>()
  for (const api of apis) {
    for (const route of api.routes) {
      const path = route.path.replace(/:(\w+)/g, '{$1}')
      const tag = isOne ? route.description.group : api.title
      const operation = describeRoute(api, route, components)
      const operationId = isOne ? route.description.id : `${camelCase(api.id)}${upperFirst(route.description.id)}`
      tags.set(tag, { name: tag, ...(!isOne && { description: api.text }) })
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: { operationId, tags: [tag], ...operation } }
    }
  }
  const used = new Set(apis.flatMap((api) => api.routes.flatMap((route) => credentialsOf(api, route))))
  const { document, schemas } = components.finish({
    openapi: '3.1.0',
    info: { title, version, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: server }],
    tags: [...tags.values()],
    ...(isOne && { security: toSecurity(apis[0]?.credentials ?? []) }),
    paths,
  })
  return {
    ...document,
    components: {
      schemas,
      securitySchemes: Object.fromEntries([...used].map((credential) => [credential, SECURITY_SCHEMES[credential]])),
    },
  }
}

const SECURITY_SCHEMES: Record<Credential, Json> = {
  apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of this server.' },
  clientSecret: { type: 'http', scheme: 'bearer', description: 'The client secret of a session, for a browser.' },
  userToken: { type: 'http', scheme: 'bearer', description: 'The JWT of an end user.' },
  login: {
    type: 'apiKey',
    in: 'cookie',
    name: LOGIN_COOKIE,
    description:
      'Somebody who has signed in to the studio; over https its name begins with `__Secure-`. Only for pages of the server itself: `Origin` or `Sec-Fetch-Site` has to say so.',
  },
}

/** Any of them will do. */
const toSecurity = (credentials: readonly Credential[]) => credentials.map((credential) => ({ [credential]: [] }))

export const credentialsOf = (api: DocumentedApi, { description }: DocumentedRoute): readonly Credential[] =>
  description.credentials ?? api.credentials

function describeRoute(api: DocumentedApi, route: DocumentedRoute, components: Components): Json {
  const { path, description, variants } = route
  const exchanges: Exchange[] = variants.length > 0 ? [...variants] : [description]
  const parameters = [
    ...pathParameters(path),
    ...(description.query ? queryParameters(components.sent(description.query)) : []),
    ...Object.entries(description.headers ?? {}).map(([name, text]) => ({
      name,
      in: 'header',
      description: text,
      schema: { type: 'string' },
    })),
  ]
  const requestBody = describeBody(exchanges, components)
  return {
    summary: description.summary,
    ...(description.text && { description: description.text }),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: {
      [statusOf(description, exchanges)]: describeAnswer(exchanges, components),
      ...describeFailures(api, route, components),
    },
    security: toSecurity(credentialsOf(api, route)),
  }
}

/** What a good answer has. */
function statusOf(description: { status?: number }, exchanges: readonly Exchange[]): number {
  const answers = exchanges.some(({ answer, events, lines, file }) => answer ?? events ?? lines ?? file)
  return description.status ?? (answers ? 200 : 204)
}

function describeBody(exchanges: readonly Exchange[], components: Components): Json | undefined {
  const bodies = exchanges.flatMap(({ body }) => body ?? [])
  const examples = exchanges.flatMap((exchange) =>
    exchange.body && exchange.example !== undefined ? [[nameOf(exchange), { value: exchange.example }]] : [],
  )
  const form = exchanges.find((exchange) => exchange.form)?.form
  const content = {
    ...(bodies.length > 0 && {
      'application/json': {
        schema: oneOf(bodies.map((body) => components.sent(body))),
        ...(examples.length > 0 && { examples: Object.fromEntries(examples) }),
      },
    }),
    ...(form && { 'multipart/form-data': { schema: components.sent(form) } }),
    ...(exchanges.some(({ bytes }) => bytes) && { 'application/octet-stream': {} }),
  }
  if (Object.keys(content).length === 0) return undefined
  return { required: bodies.length === 0 || bodies.some(isNeeded), content }
}

const nameOf = (exchange: Exchange) => ('name' in exchange ? String(exchange.name) : 'example')

/** A body whose fields can all be left out can be left out. */
const isNeeded = (body: z.ZodType) => !body.safeParse({}).success

function describeAnswer(exchanges: readonly Exchange[], components: Components): Json {
  const schemasOf = (kind: 'answer' | 'events' | 'lines') =>
    exchanges.flatMap((exchange) => (exchange[kind] ? [components.got(exchange[kind])] : []))
  const [answers, events, lines] = [schemasOf('answer'), schemasOf('events'), schemasOf('lines')]
  const file = exchanges.find((exchange) => exchange.file)?.file
  const content = {
    ...(answers.length > 0 && { 'application/json': { schema: oneOf(answers) } }),
    ...(events.length > 0 && { 'text/event-stream': { schema: oneOf(events) } }),
    ...(lines.length > 0 && { [LINES_TYPE]: { schema: oneOf(lines) } }),
    ...(file && { [file]: {} }),
  }
  if (Object.keys(content).length === 0) return { description: 'Done. There is no body.' }
  const notes = [
    ...(events.length > 0 ? ['Of server-sent events, the schema is that of the JSON in `data`.'] : []),
    ...(lines.length > 0 ? ['JSON lines; the schema is that of one line.'] : []),
  ]
  return { description: ['Done.', ...notes].join(' '), content }
}

/** One schema of several, each said once. */
function oneOf(schemas: Json[]): Json {
  const different = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()]
  return different.length === 1 && different[0] ? different[0] : { anyOf: different }
}

/** What may go wrong everywhere, and what else may here. */
export function failuresOf(api: DocumentedApi, { description, variants }: DocumentedRoute): FailureStatus[] {
  const exchanges: Exchange[] = [description, ...variants]
  const isRead = exchanges.some(({ body, form }) => body ?? form)
  const isChecked = isRead || exchanges.some(({ query, bytes }) => query ?? bytes)
  const checks: FailureStatus[] = [
    ...(isChecked ? [400 as const] : []),
    ...(isRead ? [413 as const, 415 as const] : []),
  ]
  return [...new Set([...api.failures, ...checks, ...(description.failures ?? [])])].sort()
}

const describeFailures = (api: DocumentedApi, route: DocumentedRoute, components: Components): Json =>
  Object.fromEntries(
    failuresOf(api, route).map((status) => [
      status,
      { description: FAILURES[status], content: { 'application/json': { schema: components.got(api.error) } } },
    ]),
  )

export const FAILURES: Record<FailureStatus, string> = {
  400: 'The request is not valid; the message names the field.',
  401: 'There is no credential, or it is worth nothing.',
  403: 'The credential may not do this.',
  404: 'There is no such thing, or it is not yours.',
  406: 'There is no such thing, and the id is not of the form that ids have here.',
  409: 'It does not fit what is there already.',
  412: 'It was answered already, or its time is over.',
  413: 'It is larger than this server takes.',
  415: 'This server does not take content, or files, of this kind.',
  429: 'Too many requests; `retry-after` says when to try again.',
  501: 'This server is not set up for it.',
  502: 'The model, or another server that was asked, failed.',
}

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))

function queryParameters(query: Json): Json[] {
  const { properties = {}, required = [] } = query as { properties?: Record<string, Json>; required?: string[] } // an object's
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }))
}

const camelCase = (id: string) => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
