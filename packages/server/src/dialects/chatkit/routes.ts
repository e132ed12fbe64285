import { ParleyError } from '@parley/protocol'
import type { Call, Engine } from '../../engine/engine.js'
import type { Route } from '../dialect.js'
import { type Answering, answerHttp } from './answer-http.js'

export interface ChatKitOptions<Context> {
  /** Where the endpoint is; default `/api/chatkit`. */
  path?: string
  engine: Engine<Context>
  /**
   * Checks who is calling and finds the app, the default one without `appId`. Called before the body is read.
   * @throws {ParleyError} `unauthorized`, `forbidden` or `app_not_found`
   */
  callOf(request: Request, appId?: string): Promise<Call<Context>>
  /** The same for a browser with a client secret, which also says which app. */
  sessionCallOf(request: Request): Promise<Call<Context>>
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
    { method: 'POST', path, handle: answer },
    { method: 'ALL', path, handle: wrongMethod },
    { method: 'GET', path: `${path}/health`, handle: health },
    ...NEVER_NEEDED.map((below): Route => ({ method: 'ALL', path: path + below, handle: neverNeeded })),
    { method: 'POST', path: `${path}/:app_id`, handle: answer },
    { method: 'POST', path: SESSION_PATH, handle: answering(options.sessionCallOf) },
  ]
}
