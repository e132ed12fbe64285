/**
 * Parley's server as a library. This entry runs wherever `fetch` does and needs no `node:` module; what needs Node is
 * in `@parley/server/node`, `/sqlite` and `/postgres`.
 */
export { ParleyError } from '@parley/protocol'
export type { Caller } from './app/caller.js'
export { createParley } from './app/create-parley.js'
export type { Parley, ParleyOptions } from './app/parley.js'
export type { Authenticate, Principal } from './auth/principal.js'
export {
  type GuardedFetch,
  GuardedFetchError,
  type GuardedFetchReason,
  type GuardedInit,
} from './base/guarded-fetch.js'
export { consoleLog, type Log } from './base/log.js'
export { type Catalog, staticCatalog } from './catalog/catalog.js'
export { generateAttachmentId } from './chatkit-server/attachment-id.js'
export { ChatKitServer, type ChatKitServerOptions, type HandlerOptions } from './chatkit-server/chatkit-server.js'
export {
  AgentError,
  AuthenticationError,
  ChatKitError,
  DatabaseError,
  ValidationError,
} from './chatkit-server/errors.js'
export type { ChatKitHooks } from './chatkit-server/hooks.js'
export { JsonResult, StreamingResult } from './chatkit-server/results.js'
export { type StreamTextOptions, streamText } from './chatkit-server/stream-text.js'
export { textOf } from './chatkit-server/text-of.js'
export { type CodeApp, defineApp } from './code-apps/define-app.js'
export type { AttachmentBytes, AttachmentStore } from './engine/attachment-store.js'
export { type UserFacts, userFacts } from './facts/user-facts.js'
export { type EventSink, type EventWriter, eventWriterOf } from './http/event-stream.js'
export type { CallContext, RunContext, Runnable, RunTrigger } from './runnable/runnable.js'
export { CustomStreamError, StreamError } from './runnable/stream-errors.js'
export { type EachOptions, runEach } from './steps/run-each.js'
export { type LoopOptions, runLoop } from './steps/run-loop.js'
export { runStep, type StepOptions } from './steps/run-step.js'
export type { Work } from './steps/work.js'
export type { Fact } from './storage/fact-store.js'
export type { FileStorage, StoredFile } from './storage/files/file-storage.js'
export { memoryStore } from './storage/memory-store.js'
export type {
  DurableStore,
  IdKind,
  Order,
  PageQuery,
  RunRecord,
  RunStore,
  RunWrites,
  Scope,
  Store,
} from './storage/store.js'
export { type RecorderOptions, runRecorder } from './tracing/record-runs.js'
export type { UploadContext, UploadOptions } from './uploads/upload-store.js'
export { diffWidget } from './widgets/diff-widget.js'
export { type StreamWidgetOptions, streamWidget } from './widgets/stream-widget.js'
export { parseWidgetFile, type WidgetFile } from './widgets/widget-file.js'
export { type WidgetTemplate, type WidgetTemplateOptions, widgetTemplate } from './widgets/widget-template.js'
export { WidgetTemplateError, type WidgetTemplateErrorReason } from './widgets/widget-template-error.js'
