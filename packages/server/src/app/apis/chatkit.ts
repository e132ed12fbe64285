import { chatKitDialect } from '../../dialects/chatkit/index.js'
import { factRoutes } from '../../facts/routes.js'
import { userFacts } from '../../facts/user-facts.js'
import type { Caller } from '../caller.js'
import type { ServerParts } from '../server-parts.js'

/** ChatKit's endpoint, and what has its address beside it: files, and what apps remember. */
export function chatKitApi({ options, engine, calls, admit, uploads, store, clock, report }: ServerParts) {
  const chatKit = chatKitDialect<Caller>({
    engine,
    callOf: calls.ofUser,
    sessionCallOf: calls.ofSession,
    admit: admit.user,
    health: options.health,
    report,
  })
  const callerIn = async (request: Request) =>
    (await calls.ofUser(request, new URL(request.url).searchParams.get('app') ?? undefined)).context
  const ownerOfFacts = async (request: Request) => {
    const caller = await callerIn(request)
    await admit.user(request, caller, 'read')
    return caller
  }
  const { api, encodeError } = chatKit
  return {
    chatKit,
    // Files first: "files" below the endpoint would otherwise be the id of an app.
    groups: [
      { api, routes: uploads?.routes(callerIn) ?? [], encodeError },
      { api, routes: factRoutes(userFacts(store.facts, clock), ownerOfFacts), encodeError },
      chatKit,
    ],
  }
}
