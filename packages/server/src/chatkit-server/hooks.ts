import {
  type Action,
  type FeedbackKind,
  ParleyError,
  type RunEvent,
  type StreamOptions,
  type ThreadItem,
  type ThreadMetadata,
  type UserMessageItem,
  type WidgetItem,
} from '@parley/protocol'
import type { CallContext, RunContext, Runnable } from '../runnable/runnable.js'

/** What a ChatKit server does, besides the protocol. Only `respond` is needed. Source: the ChatKit server kit's `ChatKitServer`. */
export interface ChatKitHooks<Context> {
  /**
   * Answers. `inputUserMessage` is what the person sent (stored already), or `null` after a client tool's output and
   * after a form. Change `thread.title`, `status` or `metadata` to change the thread. `run` carries the abort signal,
   * the thread's items and the id generator.
   */
  respond(
    thread: ThreadMetadata,
    inputUserMessage: UserMessageItem | null,
    context: Context,
    run: RunContext<Context>,
  ): AsyncIterable<RunEvent>
  /** Answers an action of a widget by a stream. `sender` is the widget, `null` when the page sent the action. */
  action?(
    thread: ThreadMetadata,
    action: Action,
    sender: WidgetItem | null,
    context: Context,
    run: RunContext<Context>,
  ): AsyncIterable<RunEvent>
  /** Answers an action of a widget at once. What shall last, it saves itself with `call.saveItem`. */
  syncAction?(
    thread: ThreadMetadata,
    action: Action,
    sender: WidgetItem,
    context: Context,
    call: CallContext<Context>,
  ): Promise<{ updated_item?: ThreadItem }>
  /** Keeps thumbs up or down. Absent: they are accepted and forgotten. */
  addFeedback?(threadId: string, itemIds: string[], kind: FeedbackKind, context: Context): Promise<void>
  /** Turns speech into text. `mediaType` is the MIME type without parameters. Absent: callers read that there is none. */
  transcribe?(audio: { data: Uint8Array; mimeType: string; mediaType: string }, context: Context): Promise<string>
  /** What the client may do with a stream. Absent: it may stop it. */
  getStreamOptions?(thread: ThreadMetadata, context: Context): StreamOptions | Promise<StreamOptions>
  /**
   * Keeps what it wants of a stopped answer. Absent: assistant messages with visible text are kept, with a hidden note
   * for the model.
   */
  handleStreamCancelled?(thread: ThreadMetadata, pendingItems: ThreadItem[], context: Context): Promise<void>
}

/** The hooks, free of any `this`, as an app of the engine. One that is absent stays absent: the engine knows what that means. */
export function runnableOf<Context>(
  hooks: ChatKitHooks<Context>,
  onDisconnect?: 'cancel' | 'continue',
): Runnable<Context> {
  const { syncAction, addFeedback, transcribe, getStreamOptions, handleStreamCancelled } = hooks
  return {
    run: (run) => start(hooks, run),
    ...(syncAction && {
      syncAction: (action, sender, call) => syncAction(call.thread, action, sender, call.context, call),
    }),
    ...(addFeedback && {
      addFeedback: ({ threadId, itemIds, kind }, context) => addFeedback(threadId, itemIds, kind, context),
    }),
    ...(transcribe && { transcribe }),
    ...(getStreamOptions && { streamOptions: getStreamOptions }),
    ...(handleStreamCancelled && { streamCancelled: handleStreamCancelled }),
    ...(onDisconnect && { onDisconnect }),
  }
}

function start<Context>(hooks: ChatKitHooks<Context>, run: RunContext<Context>): AsyncIterable<RunEvent> {
  const { thread, trigger, context } = run
  if (trigger.type === 'user_message' || trigger.type === 'retry') {
    return hooks.respond(thread, trigger.item, context, run)
  }
  if (trigger.type !== 'action') return hooks.respond(thread, null, context, run)
  if (hooks.action) return hooks.action(thread, trigger.action, trigger.sender, context, run)
  throw new ParleyError('not_configured', 'This server answers no widget actions: implement `action`.')
}
