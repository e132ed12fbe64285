import { type ErrorCode, ParleyError } from '@parley/protocol'
import type { Route } from '../../dialect.js'
import { type CallerRoute, callerRoute } from '../caller-route.js'
import type { XpertParts } from '../routes.js'

/** Which part of a path names what is missing. */
const PLACES: Partial<Record<ErrorCode, string>> = {
  thread_not_found: 'id',
  item_not_found: 'message',
  not_found: 'feedback',
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * A route of conversations. What is missing answers 406 where its id is no UUID: that is how Xpert's clients tell a wrong
 * id from a deleted conversation. Threads that were made elsewhere under other ids are found all the same. Source: the
 * Xpert contract, section 3.
 */
export function conversationRoute<Context>(parts: XpertParts<Context>, route: CallerRoute<Context>): Route {
  const failures = [404, 406, ...(route.description.failures ?? [])] as const
  return callerRoute(parts, {
    ...route,
    description: { ...route.description, failures: [...new Set(failures)] },
    async handle(request, context) {
      try {
        return await route.handle(request, context)
      } catch (thrown) {
        const place = thrown instanceof ParleyError ? PLACES[thrown.code] : undefined
        const id = place === undefined ? undefined : context.params[place]
        if (id === undefined || UUID.test(id)) throw thrown
        throw new ParleyError('malformed_id', `Validation failed (valid uuid is expected): there is no "${id}".`)
      }
    },
  })
}
