import type { Route } from '../dialect.js'
import { type AnnotationParts, annotationRoutes } from './annotations/routes.js'
import { type AppParts, appRoutes } from './app/routes.js'
import { type AudioParts, audioRoutes } from './audio/routes.js'
import { type ConversationParts, conversationRoutes } from './conversations/routes.js'
import { type DatasetParts, knowledgeRoutes } from './datasets/routes.js'
import { type FileParts, fileRoutes } from './files/routes.js'
import { type FeedbackParts, feedbackRoutes } from './messages/feedback-routes.js'
import { type HistoryParts, historyRoutes } from './messages/history-routes.js'
import { type MessageParts, messageRoutes } from './messages/routes.js'
import { type WorkflowParts, workflowRoutes } from './workflows/routes.js'

/** What the routes of this API stand on. */
export interface ClickAiParts<Context>
  extends MessageParts<Context>,
    AppParts<Context>,
    AnnotationParts<Context>,
    AudioParts<Context>,
    FileParts<Context>,
    ConversationParts<Context>,
    HistoryParts<Context>,
    FeedbackParts<Context>,
    WorkflowParts<Context> {
  /** Knowledge, for those who hold a key of that kind. */
  datasets: DatasetParts
}

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
