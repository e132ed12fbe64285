import type { RequestCost } from '../../http/rate-limits/rules.js'
import type { RouteDescription } from '../../http/route-description.js'
import type { Route, RouteContext } from '../dialect.js'
import type { XpertCaller, XpertParts } from './routes.js'

/** A route whose caller is known before anything else is looked at. */
export interface CallerRoute<Context> extends Pick<Route, 'method' | 'path'> {
  description: RouteDescription
  /** Default: reading and tidying up. */
  cost?: RequestCost
  /** What is done in the name of a user is noted in the log. */
  audited?: boolean
  handle(request: Request, context: CalledBy<Context>): Promise<Response>
}

export interface CalledBy<Context> extends RouteContext {
  caller: XpertCaller<Context>
  /** The path's `:id`. */
  id: string
}

export function callerRoute<Context>(parts: XpertParts<Context>, route: CallerRoute<Context>): Route {
  const { method, path, description, cost = 'read', audited, handle } = route
  return {
    method,
    path,
    description,
    async handle(request, context) {
      const caller = await parts.callerOf(request)
      await caller.admit(cost)
      const answer = await handle(request, { ...context, caller, id: context.params.id ?? '' })
      const { key, onBehalfOf, workspaceId } = caller.principal
      if (audited && key && onBehalfOf && isNamed(request))
        parts.audit({
          requestId: context.requestId,
          principal: { kind: 'admin', workspaceId, by: { type: 'api_key', keyId: key.id } },
          operation: description.id,
          id: context.params.id,
          onBehalfOf,
        })
      return answer
    },
  }
}

/** Whether the request says for whom it is; without a word a key acts for itself. */
const isNamed = ({ headers }: Request) =>
  Boolean(headers.get('x-principal-user-id')?.trim() || headers.get('organization-id')?.trim())
