import { ParleyError } from '@parley/protocol'
import type { z } from 'zod'
import type { AdminPrincipal } from '../../auth/admin-principal.js'
import { readBytes, readOptionalJson } from '../../http/body.js'
import { linesResponse } from '../../http/lines.js'
import { publicUrlOf } from '../../http/public-url.js'
import { checkBody } from '../check-body.js'
import type { Route } from '../dialect.js'

/** What is known of a request once it has been checked. */
export interface RouteInput<Body, Query> {
  principal: AdminPrincipal
  params: Record<string, string>
  body: Body
  query: Query
  /** How the caller addresses this server: `https://chat.example.com`. */
  origin: string
}

/** One route: what it takes and answers, as schemas, and what it does. It is served and described by these. */
export interface AdminRoute {
  /** Unique; what a generated client calls it. */
  id: string
  method: Exclude<Route['method'], 'ALL'>
  /** Below `ADMIN_PATH`; `:name` is a parameter. */
  path: string
  group:
    | 'Apps'
    | 'API keys'
    | 'Users'
    | 'Sessions'
    | 'Traces'
    | 'Knowledge'
    | 'Providers'
    | 'Secrets'
    | 'MCP servers'
    | 'Workspace'
  summary: string
  body?: z.ZodType
  /** The body is a file as it is, of at most so many bytes. */
  maxBytes?: number
  query?: z.ZodType
  /** What it answers as JSON. Absent, and no `lines`: 204, nothing. */
  answer?: z.ZodType
  /** What each line of a long answer is, as it is written while it is read (NDJSON). */
  lines?: z.ZodType
  status: 200 | 201 | 204
  /** Beside those of every route. */
  failures: readonly (400 | 404 | 409 | 413 | 501 | 502)[]
  handle(request: Request, checked: { principal: AdminPrincipal; params: Record<string, string> }): Promise<Handled>
}

/** An answer, and the id of what it is about where it made that. */
export interface Handled {
  response: Response
  madeId?: string
}

interface Definition<Body extends z.ZodType, Query extends z.ZodType, Answer extends z.ZodType>
  extends Pick<AdminRoute, 'id' | 'method' | 'path' | 'group' | 'summary'> {
  body?: Body
  query?: Query
  answer?: Answer
  status?: 201
  failures?: AdminRoute['failures']
  /** @returns what `answer` describes */
  run(input: RouteInput<z.output<Body>, z.output<Query>>): Promise<z.input<Answer>>
}

/** Ties what a route does to the schemas of what it takes and answers. */
export function defineRoute<
  Body extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodVoid,
>({ run, failures = [], status, ...definition }: Definition<Body, Query, Answer>): AdminRoute {
  const { body, query, answer } = definition
  const good = answer ? (status ?? 200) : 204
  return {
    ...definition,
    status: good,
    failures,
    async handle(request, checked) {
      const input = {
        ...checked,
        origin: publicUrlOf(request),
        query: (query && checkBody(query, queryOf(request))) as z.output<Query>, // without a schema: undefined, as its type says
        body: (body && checkBody(body, await readOptionalJson(request))) as z.output<Body>, // likewise
      }
      const result = await run(input)
      if (!answer) return { response: new Response(null, { status: good }) }
      return { response: Response.json(result, { status: good }), ...(status === 201 && { madeId: idOf(result) }) }
    },
  }
}

/** Ties a long answer to the schema of its lines. `run` fails before its first line, or the answer breaks off. */
export function defineDownload<Line extends z.ZodType>({
  run,
  failures = [],
  ...definition
}: Pick<AdminRoute, 'id' | 'method' | 'path' | 'group' | 'summary'> & {
  lines: Line
  failures?: AdminRoute['failures']
  run(input: { principal: AdminPrincipal; params: Record<string, string> }): Promise<AsyncIterable<z.input<Line>>>
}): AdminRoute {
  return {
    ...definition,
    status: 200,
    failures,
    handle: async (_, checked) => ({ response: linesResponse(await run(checked)) }),
  }
}

/** What was made has an id, and says so. */
const idOf = (made: unknown) => String(Object(made).id)

/** Ties a route whose body is a file to the schemas of the rest. */
export function defineUpload<Query extends z.ZodType, Answer extends z.ZodType>({
  run,
  failures = [],
  ...definition
}: Pick<AdminRoute, 'id' | 'method' | 'path' | 'group' | 'summary'> & {
  maxBytes: number
  query: Query
  answer: Answer
  failures?: AdminRoute['failures']
  run(input: RouteInput<undefined, z.output<Query>> & { bytes: Uint8Array }): Promise<z.input<Answer>>
}): AdminRoute {
  return {
    ...definition,
    status: 201,
    failures: [400, 413, ...failures],
    async handle(request, checked) {
      const query = checkBody(definition.query, queryOf(request)) as z.output<Query> // the schema's own
      const bytes = await readBytes(request, definition.maxBytes)
      if (bytes.length === 0)
        throw new ParleyError('invalid_request', 'The body is empty. Send the file itself as the body.')
      const result = await run({ ...checked, origin: publicUrlOf(request), query, body: undefined, bytes })
      return { response: Response.json(result, { status: 201 }), madeId: idOf(result) }
    },
  }
}

/** The parameters of an address, each as its last value. */
const queryOf = (request: Request): Record<string, string> => Object.fromEntries(new URL(request.url).searchParams)
