/**
 * The vocabulary of agentic chat: ChatKit's threads, items, events, requests and widgets, and Parley's own run events
 * and errors. Each name tells its source where it is declared.
 */
export { type Action, actionSchema } from './chatkit/actions.js'
export {
  type Attachment,
  attachmentSchema,
  type FileAttachment,
  fileAttachmentSchema,
  type ImageAttachment,
  imageAttachmentSchema,
  type UploadDescriptor,
  uploadDescriptorSchema,
} from './chatkit/attachments.js'
export {
  type AssistantMessageContent,
  assistantMessageContentSchema,
  type InferenceOptions,
  type InputTag,
  type InputText,
  inferenceOptionsSchema,
  inputTagSchema,
  inputTextSchema,
  type UserMessageContent,
  userMessageContentSchema,
} from './chatkit/content.js'
export {
  type ClientEffectEvent,
  clientEffectEventSchema,
  type ErrorEvent,
  errorEventSchema,
  type NoticeEvent,
  noticeEventSchema,
  type ProgressUpdateEvent,
  progressUpdateEventSchema,
  type StreamOptions,
  type StreamOptionsEvent,
  streamOptionsEventSchema,
  streamOptionsSchema,
  type ThreadCreatedEvent,
  type ThreadItemAddedEvent,
  type ThreadItemDoneEvent,
  type ThreadItemRemovedEvent,
  type ThreadItemReplacedEvent,
  type ThreadItemUpdatedEvent,
  type ThreadStreamEvent,
  type ThreadUpdatedEvent,
  threadCreatedEventSchema,
  threadItemAddedEventSchema,
  threadItemDoneEventSchema,
  threadItemRemovedEventSchema,
  threadItemReplacedEventSchema,
  threadItemUpdatedEventSchema,
  threadStreamEventSchema,
  threadUpdatedEventSchema,
} from './chatkit/events.js'
export { ICON_NAMES, type IconName, iconNameSchema } from './chatkit/icons.js'
export { isAllowedImage } from './chatkit/image-domains.js'
export {
  type AssistantMessageItem,
  assistantMessageItemSchema,
  type ClientToolCallItem,
  clientToolCallItemSchema,
  type EndOfTurnItem,
  endOfTurnItemSchema,
  type GeneratedImage,
  type GeneratedImageItem,
  generatedImageItemSchema,
  generatedImageSchema,
  type HiddenContextItem,
  hiddenContextItemSchema,
  type SdkHiddenContextItem,
  type StructuredInputItem,
  sdkHiddenContextItemSchema,
  structuredInputItemSchema,
  type TaskItem,
  type ThreadItem,
  taskItemSchema,
  threadItemSchema,
  type UserMessageItem,
  userMessageItemSchema,
  type WidgetItem,
  type WorkflowItem,
  widgetItemSchema,
  workflowItemSchema,
} from './chatkit/items.js'
export { markdownWords } from './chatkit/markdown-words.js'
export { matchType, type TypeTable } from './chatkit/match-type.js'
export { omitNulls } from './chatkit/omit-nulls.js'
export {
  type ChatKitRequest,
  type ChatKitRequestOf,
  type ChatKitRequestType,
  chatKitRequestSchema,
  chatKitRequestSchemas,
  type FeedbackKind,
  feedbackKindSchema,
  type PageQuery,
  pageQuerySchema,
  requestSchema,
  type UserMessageInput,
  userMessageInputSchema,
} from './chatkit/requests.js'
export {
  type Annotation,
  annotationSchema,
  type EntitySource,
  entitySourceSchema,
  type FileSource,
  fileSourceSchema,
  type Source,
  sourceSchema,
  type UrlSource,
  urlSourceSchema,
} from './chatkit/sources.js'
export {
  type FreeformInput,
  freeformInputSchema,
  type MultipleChoiceInput,
  multipleChoiceInputSchema,
  type StructuredInput,
  type StructuredInputAnswer,
  type StructuredInputSubmission,
  structuredInputAnswerSchema,
  structuredInputSchema,
  structuredInputSubmissionSchema,
} from './chatkit/structured-input.js'
export {
  type CustomTask,
  customTaskSchema,
  type FileTask,
  fileTaskSchema,
  type ImageTask,
  imageTaskSchema,
  type Task,
  type ThoughtTask,
  taskSchema,
  thoughtTaskSchema,
  type WebSearchTask,
  type Workflow,
  type WorkflowSummary,
  webSearchTaskSchema,
  workflowSchema,
  workflowSummarySchema,
} from './chatkit/tasks.js'
export {
  type Page,
  pageSchema,
  type Thread,
  type ThreadMetadata,
  type ThreadStatus,
  threadMetadataSchema,
  threadSchema,
  threadStatusSchema,
} from './chatkit/threads.js'
export {
  type ContentPartAdded,
  type ContentPartAnnotationAdded,
  type ContentPartDone,
  type ContentPartTextDelta,
  contentPartAddedSchema,
  contentPartAnnotationAddedSchema,
  contentPartDoneSchema,
  contentPartTextDeltaSchema,
  type GeneratedImageUpdated,
  generatedImageUpdatedSchema,
  type ThreadItemUpdate,
  threadItemUpdateSchema,
  type WidgetComponentUpdated,
  type WidgetRootUpdated,
  type WidgetStreamingTextValueDelta,
  type WorkflowTaskAdded,
  type WorkflowTaskUpdated,
  widgetComponentUpdatedSchema,
  widgetRootUpdatedSchema,
  widgetStreamingTextValueDeltaSchema,
  workflowTaskAddedSchema,
  workflowTaskUpdatedSchema,
} from './chatkit/updates.js'
export { checkedWidgetRootSchema, widgetPropsSchemas } from './chatkit/widgets/checked.js'
export type {
  BasicRoot,
  Box,
  Card,
  Col,
  Form,
  ListView,
  ListViewItem,
  Row,
  Table,
  TableCell,
  TableRow,
  Transition,
  WidgetComponent,
  WidgetRoot,
} from './chatkit/widgets/containers.js'
export type { Button, Checkbox, DatePicker, Input, RadioGroup, Select, Textarea } from './chatkit/widgets/controls.js'
export type { Badge, Caption, Label, Markdown, TextComponent, Title } from './chatkit/widgets/text.js'
export { type WidgetNode, widgetComponentSchema, widgetRootSchema } from './chatkit/widgets/tree.js'
export type { ActionConfig } from './chatkit/widgets/values.js'
export type { Chart, Divider, Icon, Image, Spacer } from './chatkit/widgets/visual.js'
export { LIMITS } from './chatkit/wire.js'
export type { HostedList, HostedSession, HostedSessionParams } from './hosted/sessions.js'
export type { HostedWorkflow, HostedWorkflowParams } from './hosted/workflows.js'
export {
  APP_MODES,
  type AppMode,
  appFormSchema,
  appModeSchema,
  checkInputs,
  fittingInputs,
  type InputField,
  type InputFile,
  type InputValues,
  inputFieldSchema,
  readInput,
} from './run/app-form.js'
export { ERRORS, type ErrorCode, type ErrorInfo, ParleyError } from './run/error.js'
export { type FoundPassage, foundPassageSchema } from './run/found-passage.js'
export { type NodePlace, type NodeRounds, nodeKey, nodePlaceSchema, nodeRoundsSchema } from './run/node-place.js'
export { type ImageBytes, type RunRequest, runRequestSchema, runRequestSchemas } from './run/requests.js'
export {
  type NodeFinishedEvent,
  type NodeRetriedEvent,
  type NodeRoundFinishedEvent,
  type NodeRoundStartedEvent,
  type NodeStartedEvent,
  nodeFinishedEventSchema,
  nodeRetriedEventSchema,
  nodeRoundFinishedEventSchema,
  nodeRoundStartedEventSchema,
  nodeStartedEventSchema,
  type ParleyRunEvent,
  parleyRunEventSchema,
  type ReasoningDeltaEvent,
  type RunAnnotatedEvent,
  type RunEndedEvent,
  type RunEvent,
  type RunStartedEvent,
  type RunUsage,
  type RunUsageEvent,
  type RunWaitingEvent,
  reasoningDeltaEventSchema,
  runAnnotatedEventSchema,
  runEndedEventSchema,
  runEventSchema,
  runStartedEventSchema,
  runUsageEventSchema,
  runUsageSchema,
  runWaitingEventSchema,
  type ToolArgumentsDeltaEvent,
  type ToolFinishedEvent,
  type ToolStartedEvent,
  toolArgumentsDeltaEventSchema,
  toolFinishedEventSchema,
  toolStartedEventSchema,
} from './run/run-events.js'
export { type RunInfo, runInfoSchema, type ThreadWithRun, threadWithRunSchema } from './run/run-info.js'
export { RUN_STATUSES, type RunStatus, runStatusSchema } from './run/run-status.js'
export { type ThreadMatch, type ThreadMatchPage, threadSearchRequestSchema } from './run/search.js'
export {
  type RunTrace,
  TRACE_SPAN_TYPES,
  type TraceSpan,
  type TraceSummary,
  type TraceUsage,
  traceSpanSchema,
  traceSummarySchema,
  traceUsageSchema,
} from './run/trace.js'
