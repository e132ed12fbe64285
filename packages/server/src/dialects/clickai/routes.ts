import type { Route } from '../dialect.js'
import { annotationRoutes } from './annotations/routes.js'
import { appRoutes } from './app/routes.js'
import { audioRoutes } from './audio/routes.js'
import { conversationRoutes } from './conversations/routes.js'
import { knowledgeRoutes } from './datasets/index.js'
import { fileRoutes } from './files/routes.js'
import { feedbackRoutes } from './messages/feedback-routes.js'
import { historyRoutes } from './messages/history-routes.js'
import { messageRoutes } from './messages/routes.js'
import type { ClickAiParts } from './parts.js'
import { workflowRoutes } from './workflows/routes.js'

/** Everything below `/v1` that an app's key, or one for knowledge, opens. */
export const clickAiRoutes = <Context>(parts: ClickAiParts<Context>): Route[] => [
  {
    method: 'GET',
    path: '/v1',
    description: null,
    handle: () => Response.json({ welcome: 'Parley speaks the ClickAI API here.', api_version: 'v1' }),
  },
  ...messageRoutes(parts),
  ...appRoutes(parts),
  ...annotationRoutes(parts),
  ...audioRoutes(parts),
  ...knowledgeRoutes(parts.datasets),
  ...fileRoutes(parts),
  ...conversationRoutes(parts),
  ...historyRoutes(parts),
  ...feedbackRoutes(parts),
  ...workflowRoutes(parts),
]
