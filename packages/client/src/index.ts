export type { AdminClient, AdminClientOptions, AdminSessionsOf, UsersOf } from './admin/admin-client.js'
export { createAdminClient } from './admin/admin-client.js'
export type { ChatKitClient, ChatKitClientOptions, ChatKitTransport, EventStream } from './chatkit/chatkit-client.js'
export { chatKitCalls, createChatKitClient } from './chatkit/chatkit-client.js'
export type { StreamMessage } from './chatkit/read-events.js'
export type { Answer, AnswerStream } from './clickai/answer.js'
export type { AssistantsOf as ClickAIAssistantsOf, ClickAIOptions } from './clickai/clickai.js'
export { ClickAI } from './clickai/clickai.js'
export type { ConversationsOf, VariablesOf } from './clickai/conversations.js'
export type { UploadParams } from './clickai/files.js'
export type { FeedbackParams, MessagesOf } from './clickai/history.js'
export type { ChatParams, CreateMessage, MessageParams, OfUser } from './clickai/messages.js'
export type { AnswerChunk, AnswerEvent, ClickAIEvent, WorkflowEvent } from './clickai/stream-events.js'
export type {
  AppInfo,
  AppParameters,
  AppSite,
  AssistantEntry,
  AssistantMode,
  AssistantPage,
  ChatConversation,
  ChatMessage,
  ConversationVariable,
  FileInput,
  ListPage,
  RetrieverResource,
  UploadedFile,
  Usage,
  WorkflowForm,
  WorkflowLogs,
  WorkflowReply,
  WorkflowRun,
  WorkflowStatus,
} from './clickai/types.js'
export type {
  FormAnswer,
  LogsOf,
  ResumeParams,
  RunWorkflow,
  WorkflowParams,
  WorkflowStream,
} from './clickai/workflows.js'
export type { ListOf, ServerClient, ServerClientOptions, SessionsOf } from './hosted/server-client.js'
export { createServerClient } from './hosted/server-client.js'
export type { BetterAuth, TokenOf } from './proxy/better-auth-token.js'
export type { ChatKitProxyOptions } from './proxy/chatkit-proxy.js'
export { createChatKitProxy } from './proxy/chatkit-proxy.js'
export { ClientError, toClientError } from './transport/error.js'
export type { PageOf } from './transport/page-of.js'
export type { CallInit, TransportOptions } from './transport/transport.js'
export type { AssistantChange, AssistantsOf, NewAssistant } from './xpert/assistants.js'
export type { NewSecret } from './xpert/chatkit.js'
export type { ClientConfig } from './xpert/client.js'
export { Client } from './xpert/client.js'
export type { UploadOptions } from './xpert/contexts.js'
export type { ItemsQuery } from './xpert/conversations.js'
export type { CronPayload, CronsOf } from './xpert/crons.js'
export type { KnowledgePayload, NewDocument } from './xpert/knowledges.js'
export type { ListQuery, SearchQuery } from './xpert/queries.js'
export type { JoinOptions, RunHead, RunPayload, StreamPayload, WaitPayload } from './xpert/runs.js'
export type { ItemsOf, NamespacesOf, PutOptions } from './xpert/store.js'
export type {
  GraphEvent,
  GraphMessage,
  RunStreamEvent,
  StreamMode,
  XpertContent,
  XpertEvent,
  XpertEventName,
} from './xpert/stream-events.js'
export { textOf as textOfRunEvent } from './xpert/stream-events.js'
export type { HistoryOf, NewThread, StateUpdate, ThreadsOf } from './xpert/threads.js'
export type {
  Assistant,
  AssistantGraph,
  ChatKitSecret,
  Checkpoint,
  ContextFile,
  ContextUsage,
  Conversation,
  ConversationMessage,
  Cron,
  GraphSchemas,
  Interrupt,
  Items,
  Knowledgebase,
  KnowledgeDocument,
  KnowledgeHit,
  MessageFeedback,
  Metadata,
  MultitaskStrategy,
  Run,
  RunConfig,
  RunControl,
  RunStatus,
  RuntimeCapabilities,
  StoreItem,
  Thread,
  ThreadState,
  ThreadTask,
  UsageRow,
  Values,
} from './xpert/types.js'
