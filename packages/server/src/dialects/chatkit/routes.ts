import { ParleyError } from '@parley/protocol'
import { z } from 'zod'
import type { Call, Engine } from '../../engine/engine.js'
import type { RouteDescription } from '../../http/route-description.js'
import type { Route } from '../dialect.js'
import { type Answering, answerHttp } from './endpoint-route.js'

export interface ChatKitOptions<Context> {
  /** Where the endpoint is; default `/api/chatkit`. */
  path?: string
  engine: Engine<Context>
  /**
   * Checks who is calling and finds the app, the default one without `appId`. Called before the body is read.
   * @throws {ParleyError} `unauthorized`, `forbidden` or `app_not_found`
   */
  callOf(request: Request, appId?: string): Promise<Call<Context>>
  /** The same for a browser with a client secret, which says which app; `appId` chooses where it reaches several. */
  sessionCallOf(request: Request, appId?: string): Promise<Call<Context>>
  /** Counts a request against the caller's limits; see `Answering`. */
  admit?: Answering<Context>['admit']
  /** The most a request body may weigh; default 2 MB. */
  maxBodyBytes?: number
  /** What `GET {path}/health` adds to, or says otherwise than, its defaults. */
  health?(): Record<string, unknown>
  /** Told when a stream breaks after it was opened. */
  report(thrown: unknown, request: Request, requestId: string): void
}

export const DEFAULT_PATH = '/api/chatkit'

/** Where OpenAI's hosted mode talks, in the same words. Source: the hosted ChatKit contract, section 4. */
const SESSION_PATH = '/v1/chatkit/conversation'

/** Paths of older ChatKit integrations under the endpoint, which were never needed. */
const NEVER_NEEDED = ['/session', '/refresh', '/threads', '/threads/*']

export function chatKitRoutes<Context>(options: ChatKitOptions<Context>): Route[] {
  const path = options.path ?? DEFAULT_PATH

  const answering =
    (callOf: (request: Request, appId?: string) => Promise<Call<Context>>): Route['handle'] =>
    (request, { params, requestId }) =>
      answerHttp(request, {
        engine: options.engine,
        maxBodyBytes: options.maxBodyBytes,
        callOf: () => callOf(request, params.app_id),
        admit: options.admit,
        report: (thrown) => options.report(thrown, request, requestId),
      })
  const answer = answering(options.callOf)

  const health: Route['handle'] = () =>
    Response.json({
      status: 'ok',
      openai_key_configured: false,
      session_endpoint_available: false,
      store_implemented: true,
      timestamp: new Date().toISOString(),
      ...options.health?.(),
    })

  const neverNeeded: Route['handle'] = (request) => {
    const { pathname } = new URL(request.url)
    throw new ParleyError('not_found', `${pathname} does not exist: every operation goes through POST ${path}.`)
  }

  const wrongMethod: Route['handle'] = (request) => {
    const message = `${request.method} is not answered here. Send POST with a JSON body such as {"type":"message","content":"Hello"}.`
    throw new ParleyError('method_not_allowed', message, { details: { allow: 'POST' } })
  }

  return [
    { method: 'POST', path, description: toTheDefaultApp, handle: answer },
    { method: 'ALL', path, description: null, handle: wrongMethod },
    { method: 'GET', path: `${path}/health`, description: aboutHealth, handle: health },
    ...NEVER_NEEDED.map(
      (below): Route => ({ method: 'ALL', path: path + below, description: null, handle: neverNeeded }),
    ),
    { method: 'POST', path: `${path}/:app_id`, description: toOneApp, handle: answer },
    { method: 'POST', path: SESSION_PATH, description: inASession, handle: answering(options.sessionCallOf) },
    { method: 'POST', path: `${SESSION_PATH}/:app_id`, description: null, handle: answering(options.sessionCallOf) },
  ]
}

const variants = async () => (await import('./schema.js')).VARIANTS

const IDEMPOTENCY = 'A name of this request: sent once more with the same, it is not carried out twice.'

const endpoint = {
  group: 'Conversations',
  headers: { 'idempotency-key': IDEMPOTENCY },
  failures: [409, 413, 501],
  variants,
} as const satisfies Partial<RouteDescription>

const toTheDefaultApp: RouteDescription = {
  ...endpoint,
  id: 'sendToDefaultApp',
  app: 'default',
  summary: 'Every operation on the conversations of one user with the default app.',
}

const toOneApp: RouteDescription = {
  ...endpoint,
  id: 'send',
  summary: 'Every operation on the conversations of one user with one app.',
}

const inASession: RouteDescription = {
  ...endpoint,
  id: 'sendInSession',
  summary: 'The same where OpenAI’s hosted ChatKit talks: the client secret says which app and which user.',
  credentials: ['clientSecret'],
}

const healthSchema = z.looseObject({
  status: z.literal('ok'),
  openai_key_configured: z.boolean().describe('`false`: no language model answers.'),
  session_endpoint_available: z.boolean().describe('Always `false`: sessions are made at `/v1/chatkit/sessions`.'),
  store_implemented: z.boolean(),
  timestamp: z.string().describe('ISO 8601.'),
})

const aboutHealth: RouteDescription = {
  id: 'getHealth',
  group: 'Server',
  summary: 'Whether the server answers, and what it is set up for.',
  credentials: [],
  answer: healthSchema,
}
