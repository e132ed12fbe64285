import type { RouteGroup } from '../../http/route.js'
import { XPERT_API } from '../xpert-api.js'
import { encodeXpertError } from '../xpert-error.js'
import { assistantChangeRoutes } from './assistants/change-routes.js'
import { assistantRoutes } from './assistants/routes.js'
import { pauseRoutes } from './chat/pause-routes.js'
import { chatRoutes } from './chat/routes.js'
import { feedbackRoutes } from './conversations/feedback-routes.js'
import { goalRoutes } from './conversations/goal-routes.js'
import { messageRoutes } from './conversations/message-routes.js'
import { conversationRoutes } from './conversations/routes.js'
import { cronRoutes } from './crons/routes.js'
import { fileReadRoutes } from './files/read-routes.js'
import { fileRoutes } from './files/routes.js'
import { knowledgeRoutes } from './knowledges/routes.js'
import type { XpertParts } from './routes.js'
import { runFeedbackRoute } from './runs/feedback-route.js'
import { runRoutes } from './runs/routes.js'
import { runStartRoutes } from './runs/start-routes.js'
import { sandboxRoutes } from './sandbox/routes.js'
import { storeRoutes } from './store/routes.js'
import { taskSummaryRoutes } from './task-summary/routes.js'
import { threadRoutes } from './threads/routes.js'
import { threadSearchRoutes } from './threads/search-routes.js'
import { stateRoutes } from './threads/state-routes.js'

export { startCron } from './crons/routes.js'
export type { XpertCaller, XpertParts } from './routes.js'
export { readEnd } from './runs/run-route.js'

/**
 * The API of LangGraph's clients and of Xpert's, below `base`. Source: `@langchain/langgraph-sdk` 2.0.0 and the Xpert
 * contract.
 */
export const xpertDialect = <Context>(parts: XpertParts<Context>, base: string): RouteGroup => ({
  ...(base !== '' && { api: () => XPERT_API }),
  routes: [
    ...assistantRoutes(parts),
    ...assistantChangeRoutes(parts),
    ...threadSearchRoutes(parts),
    ...threadRoutes(parts),
    ...stateRoutes(parts),
    ...cronRoutes(parts), // "crons" would otherwise be the id of a run
    ...runStartRoutes(parts),
    ...runRoutes(parts),
    runFeedbackRoute(parts),
    ...storeRoutes(parts),
    ...chatRoutes(parts),
    ...pauseRoutes(parts),
    ...conversationRoutes(parts),
    ...messageRoutes(parts),
    ...feedbackRoutes(parts),
    ...goalRoutes(parts),
    ...taskSummaryRoutes(parts),
    ...fileRoutes(parts),
    ...fileReadRoutes(parts),
    ...knowledgeRoutes(parts),
  ].map((route) => ({
    ...route,
    path: base + route.path,
    // At the root they are the same once more, which the documentation says in a sentence.
    ...(base === '' && { description: null }),
  })),
  encodeError: encodeXpertError,
})

/** What Xpert's clients ask beside it, below an address of its own. */
export const xpertSandboxes = <Context>(parts: XpertParts<Context>, base: string): RouteGroup => ({
  routes: sandboxRoutes(parts).map((route) => ({ ...route, path: base + route.path })),
  encodeError: encodeXpertError,
})
