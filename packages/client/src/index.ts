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
  ClickAIConversation,
  ClickAIMessage,
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
export { getApiKey } from './xpert/api-key.js'
export type { AssistantChange, AssistantsOf, NewAssistant } from './xpert/assistants.js'
export type {
  IconDefinition,
  RuntimeCapabilitiesResponse,
  RuntimeCapabilityIcon,
  RuntimeCapabilityPlugin,
  RuntimeCapabilityPluginMeta,
  RuntimeCapabilitySkill,
  RuntimeCapabilitySkillMeta,
  RuntimeCapabilitySubAgent,
} from './xpert/capabilities.js'
export type {
  ChatFollowUpMode,
  ChatFollowUpRequest,
  ChatInterruptPatch,
  ChatRequest,
  ChatRequestHuman,
  ChatResumeDecision,
  ChatResumeRequest,
  ChatRetryRequest,
  ChatSendRequest,
  ChatState,
  ChatTarget,
  LegacyChatRequest,
  RunInput,
  RuntimeCapabilitiesSelection,
} from './xpert/chat-request.js'
export type { NewSecret } from './xpert/chatkit.js'
export type { ClientConfig, RequestHook } from './xpert/client.js'
export { Client } from './xpert/client.js'
export type { UploadOptions } from './xpert/contexts.js'
export type { ConversationsQuery, ItemsQuery } from './xpert/conversations.js'
export type { CronPayload, CronsOf } from './xpert/crons.js'
export type { KnowledgePayload, NewDocument } from './xpert/knowledges.js'
export type {
  AIMessage,
  AIMessageChunk,
  FunctionMessage,
  HumanMessage,
  Message,
  RemoveMessage,
  SystemMessage,
  ToolMessage,
} from './xpert/messages.js'
export type { ListQuery, SearchQuery } from './xpert/queries.js'
export type {
  Command,
  JoinOptions,
  RunHead,
  RunsInvokePayload,
  Send,
  StreamPayload,
  WaitPayload,
} from './xpert/runs.js'
export type {
  SandboxManagedService,
  SandboxManagedServiceEnvEntry,
  SandboxManagedServiceLogs,
  SandboxManagedServicePreviewSession,
  SandboxManagedServiceStartInput,
  SandboxManagedServiceStatus,
  SandboxManagedServiceTransportMode,
  SandboxOptions,
} from './xpert/sandbox.js'
export type { ItemsOf, NamespacesOf, PutOptions } from './xpert/store.js'
export type {
  CheckpointsStreamEvent,
  CustomStreamEvent,
  DebugStreamEvent,
  ErrorStreamEvent,
  EventsStreamEvent,
  FeedbackStreamEvent,
  GraphEvent,
  MessagesStreamEvent,
  MessagesTupleStreamEvent,
  MetadataStreamEvent,
  RunStreamEvent,
  StreamMode,
  TasksStreamEvent,
  ThreadStreamMode,
  UpdatesStreamEvent,
  ValuesStreamEvent,
  XpertContent,
  XpertEvent,
  XpertEventName,
} from './xpert/stream-events.js'
export { textOf as textOfRunEvent } from './xpert/stream-events.js'
export type { HistoryOf, NewThread, StateUpdate, ThreadChange, ThreadJoinOptions, ThreadsOf } from './xpert/threads.js'
export type {
  Assistant,
  AssistantBase,
  AssistantGraph,
  AssistantVersion,
  CancelAction,
  ChatConversation,
  ChatConversationFrom,
  ChatConversationStatus,
  ChatKitSecret,
  ChatMessage,
  ChatMessageFeedback,
  ChatMessageFeedbackRating,
  Checkpoint,
  Config,
  Cron,
  CronCreateForThreadResponse,
  CronCreateResponse,
  DefaultValues,
  GraphSchema,
  Interrupt,
  Item,
  Knowledgebase,
  KnowledgeDocument,
  KnowledgeHit,
  ListNamespaceResponse,
  Metadata,
  MultitaskStrategy,
  OnConflictBehavior,
  Pagination,
  Run,
  RunControl,
  RunStatus,
  SearchItem,
  SearchItemsResponse,
  StorageFile,
  Thread,
  ThreadContextUsage,
  ThreadState,
  ThreadStatus,
  ThreadTask,
  UsageRow,
} from './xpert/types.js'
