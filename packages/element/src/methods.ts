import type { Attachment } from '@parley/protocol'
import type { Command } from './bridge/index.js'
import type { ChatKitEventDetails, ChatKitEventName } from './events.js'
import type { ChatKitOptions, CustomAction, UserMessageInput } from './options.js'

/**
 * The `<openai-chatkit>` element as a page sees it. Every method but `setOptions` resolves when the chat has done it and
 * rejects with a readable Error when it cannot, for instance while an answer is being written.
 */
export interface ChatKitElement extends HTMLElement {
  /** Replaces all options; call it with the full set each time, before or after the element is in the page. */
  setOptions(options: ChatKitOptions): void
  /** Puts the cursor into the composer. */
  focusComposer(): Promise<void>
  /** Opens a thread; `null` starts a new one. */
  setThreadId(threadId: string | null): Promise<void>
  /** Sends a message at once, past the composer. */
  sendUserMessage(params: SendUserMessageParams): Promise<void>
  /** Fills the composer without sending. */
  setComposerValue(params: SetComposerValueParams): Promise<void>
  /** Sends an action of your own to the server, about the widget `itemId` if given. */
  sendCustomAction(action: CustomAction, itemId?: string): Promise<void>
  /** Older name of `sendCustomAction`. */
  sendAction(action: CustomAction, itemId?: string): Promise<void>
  /** Reads the thread and the list of threads again, after you changed them on the server. */
  fetchUpdates(): Promise<void>
  showHistory(): Promise<void>
  hideHistory(): Promise<void>
  /** Opens the panel of `launcher` and puts the cursor into the composer. Without a launcher nothing happens. */
  showChat(): Promise<void>
  /** Closes the panel of `launcher`; its button gets the focus if the chat had it. */
  hideChat(): void

  addEventListener<Name extends ChatKitEventName>(
    type: Name,
    listener: (event: CustomEvent<ChatKitEventDetails[Name]>) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void
  removeEventListener<Name extends ChatKitEventName>(
    type: Name,
    listener: (event: CustomEvent<ChatKitEventDetails[Name]>) => unknown,
    options?: boolean | EventListenerOptions,
  ): void
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void
}

/** The published methods, by name. */
export type ChatKitMethod = 'setOptions' | Command

export interface SendUserMessageParams {
  text?: string
  content?: UserMessageInput[]
  reply?: string
  /** Already uploaded. */
  attachments?: Attachment[]
  newThread?: boolean
  toolChoice?: { id: string }
  model?: string
}

export interface SetComposerValueParams {
  text?: string
  content?: UserMessageInput[]
  reply?: string
  /** Already uploaded. */
  attachments?: Attachment[]
  /** Uploaded by the chat. */
  files?: File[]
  selectedToolId?: string | null
  selectedModelId?: string
}
