import type { CustomWidgetToFrame, CustomWidgetToPage, ShellMessage } from '@parley/element/bridge'
import type {
  Attachment,
  FeedbackKind,
  StructuredInputSubmission,
  ThreadMatch,
  UserMessageContent,
} from '@parley/protocol'
import type { LiveTexts } from './live-text.js'
import type { ChatOptions } from './options.js'
import type { ChatState, ComposerState } from './state.js'

/** What only the page around the frame can do. */
export interface SessionHost {
  emit(name: ChatKitEventName, detail?: unknown): void
  /** `options.onClientTool`; absent when the page has none. `callId` is the call's own, as its model named it. */
  callClientTool?(call: { name: string; params: unknown }, callId: string): Promise<unknown>
  /** Any other function of the options by its path, e.g. `header.leftAction.onClick`, `widgets.onAction`. */
  callFunction(path: string, args: unknown[]): Promise<unknown>
  /** Tells the element of what it needs to be a panel, or as high as the chat. */
  tellShell?(message: ShellMessage): void
  /** The bytes of a font the page chose. */
  loadFont?(url: string): Promise<ArrayBuffer>
  /** What the page draws of `customWidgets`. */
  customWidgets: CustomWidgetLink
  /** What is sent in place of what a person wrote; `null`: nothing, for it was a word to the page. Absent: what was written. */
  onSend?(params: SendUserMessageParams): SendUserMessageParams | null
}

/** The two ends of widgets that the page draws: what to draw goes out, what happens in them comes in. */
export interface CustomWidgetLink {
  send(message: CustomWidgetToPage): Promise<unknown>
  /** At most one listener; returns how to stop. Its answer, or failure, goes back to the page. */
  listen(listener: (message: CustomWidgetToFrame) => unknown): () => void
}

/** Bytes to send somewhere: raw, or as the field `file` of a form. */
export interface FileRequest {
  /** Relative addresses count from the endpoint. */
  url: string
  method: 'POST' | 'PUT'
  headers: Record<string, string>
  file: File
  asForm: boolean
  /** 0 to 1; never called where the way does not tell. */
  onProgress(share: number): void
  signal: AbortSignal
}

export type SendFile = (request: FileRequest) => Promise<Response>

export type ChatKitEventName =
  | 'chatkit.ready'
  | 'chatkit.error'
  | 'chatkit.effect'
  | 'chatkit.deeplink'
  | 'chatkit.response.start'
  | 'chatkit.response.end'
  | 'chatkit.thread.change'
  | 'chatkit.thread.load.start'
  | 'chatkit.thread.load.end'
  | 'chatkit.tool.change'
  | 'chatkit.history.open'
  | 'chatkit.history.close'
  | 'chatkit.log'

export interface SendUserMessageParams {
  text?: string
  content?: UserMessageContent[]
  reply?: string
  attachments?: Attachment[]
  newThread?: boolean
  toolChoice?: { id: string }
  /** All that the app may use for it, by the names it lists its tools under. Absent: whatever it has. */
  tools?: string[]
  model?: string
  /** Variables of the app that change with it, beside those of the options. */
  state?: Record<string, unknown>
}

export interface SetComposerValueParams {
  text?: string
  content?: UserMessageContent[]
  reply?: string
  attachments?: Attachment[]
  files?: File[]
  selectedToolId?: string | null
  selectedModelId?: string
}

export interface WidgetAction {
  type: string
  payload?: unknown
}

/** One person's chat: what is on screen as data, and everything that can be done to it. */
export interface ChatSession {
  getState(): ChatState
  subscribe(listener: () => void): () => void
  /** Text still being written, by item; it reaches the state when it is done. */
  readonly live: LiveTexts
  /** Loads what it opens with; `written` was in the composer before there was a session. */
  start(written?: string): Promise<void>
  /** Replaces all options; never remounts, loses composer text or interrupts a stream. */
  setOptions(options: ChatOptions): void

  setThreadId(id: string | null): Promise<void>
  sendUserMessage(params: SendUserMessageParams): Promise<void>
  setComposerValue(params: SetComposerValueParams): Promise<void>
  focusComposer(): Promise<void>
  sendCustomAction(action: WidgetAction, itemId?: string): Promise<void>
  fetchUpdates(): Promise<void>
  showHistory(): Promise<void>
  hideHistory(): Promise<void>

  /** Uploads files and adds them to the composer. */
  addFiles(files: readonly File[]): Promise<void>
  retryUpload(id: string): Promise<void>
  /** Takes a file out of the composer and off the server. */
  removeUpload(id: string): Promise<void>
  /** Turns recorded speech into text. */
  transcribe(audio: { audio_base64: string; mime_type: string }): Promise<{ text: string }>
  changeComposer(composer: Partial<ComposerState>): void
  /** Sends what the composer holds. */
  submitComposer(): Promise<void>
  stop(): Promise<void>
  retry(itemId?: string): Promise<void>
  answerInput(itemId: string, input: StructuredInputSubmission): Promise<void>
  /** A server action that does not stream: allowed while an answer is being written. */
  syncAction(action: WidgetAction, itemId: string): Promise<void>
  renameThread(id: string, title: string): Promise<void>
  deleteThread(id: string): Promise<void>
  sendFeedback(itemIds: string[], kind: FeedbackKind): Promise<void>
  loadOlderItems(): Promise<void>
  loadMoreThreads(): Promise<void>
  /** Leaves the history for a chat that was found, at the message that holds the words. */
  openMatch(match: ThreadMatch): Promise<void>
  /** Looks for chats that hold every word; blank text ends the search. */
  searchThreads(query: string): Promise<void>
  loadMoreMatches(): Promise<void>
  dismissNotice(id: number): void
  /** A picture of one of the thread's `allowed_image_domains`, as a `data:` address. Fails when it cannot be had. */
  loadImage(url: string): Promise<string>
  /** Calls a function of the options on the host page and waits for it; a failure is reported, never thrown. */
  callHost(path: string, ...args: unknown[]): Promise<void>
  /** Asks a function of the options and hands on what it answers; a failure is the caller's to show. */
  askHost(path: string, ...args: unknown[]): Promise<unknown>
  /** The bytes of a font of the theme, brought by the page. */
  loadFont(url: string): Promise<ArrayBuffer>
  readonly customWidgets: CustomWidgetLink
  /** Tells the host page of a failure (`chatkit.error`). */
  reportError(error: unknown): void
  /** A `chatkit-link://name?key=value` was followed: the host page decides what it means. */
  openDeepLink(url: string): void
  /** Tells the element of what it needs to be a panel, or as high as the chat. */
  tellShell(message: ShellMessage): void
  dispose(): void
}
