import { createClient, type Transport } from '@parley/client'
import type { Attachment, FeedbackKind, StructuredInputSubmission, UserMessageContent } from '@parley/protocol'
import { announce } from './announce.js'
import { createComposer } from './composer.js'
import { reportError, type SessionContext } from './context.js'
import { browserEnvironment, type Environment } from './environment.js'
import { createLiveTexts, type LiveTexts } from './live-text.js'
import { createMessages } from './messages.js'
import type { ChatOptions } from './options.js'
import { createRuns } from './runs.js'
import { type ChatState, type ComposerState, initialState } from './state.js'
import { createStore } from './store.js'
import { createThreads } from './threads.js'

export type { Transport }

/** What only the page around the frame can do. */
export interface SessionHost {
  emit(name: ChatKitEventName, detail?: unknown): void
  /** `options.onClientTool`; absent when the page has none. */
  callClientTool?(call: { name: string; params: unknown }): Promise<unknown>
  /** Any other function of the options by its path, e.g. `header.leftAction.onClick`, `widgets.onAction`. */
  callFunction(path: string, args: unknown[]): Promise<unknown>
}

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
  model?: string
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
  start(): Promise<void>
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
  dismissNotice(id: number): void
  /** Calls a function of the options on the host page; a failure is reported, never thrown. */
  callHost(path: string, ...args: unknown[]): void
  /** A `chatkit-link://name?key=value` was followed: the host page decides what it means. */
  openDeepLink(url: string): void
  dispose(): void
}

export interface SessionDeps {
  transport: Transport
  host: SessionHost
  options: ChatOptions
  /** The locale the words on screen are in, sent along so that the server can answer in it. */
  locale?: string
  environment?: Environment
}

/** Starts a chat that is not on screen yet: `start()` loads, the views draw what `getState()` says. */
export function createChatSession(deps: SessionDeps): ChatSession {
  const { transport, host, environment = browserEnvironment } = deps
  const locale = (options: ChatOptions) => options.locale ?? deps.locale ?? globalThis.navigator?.language ?? 'en'
  const store = createStore(initialState(deps.options, locale(deps.options)))
  const context: SessionContext = {
    store,
    host,
    environment,
    live: createLiveTexts(environment.scheduleFrame),
    client: createClient({ transport }),
    headers: () => ({ 'parley-client': 'frame/1', 'accept-language': store.getState().locale }),
  }
  const runs = createRuns(context)
  const threads = createThreads(context, runs)
  const messages = createMessages(context, runs, threads)
  const composer = createComposer(context, messages)

  let before = store.getState()
  const stopAnnouncing = store.subscribe(() => {
    const after = store.getState()
    const from = before
    before = after // first, so that a host that answers an event by a command finds it already announced
    announce(from, after, host)
  })
  let stopWatching: (() => void) | null = null

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    live: context.live,
    async start() {
      stopWatching = environment.watchOnline((online) => store.dispatch({ type: 'online.set', online }))
      const { initialThread, history } = store.getState().options
      composer.selectDefaults()
      await Promise.all([
        history?.enabled !== false && threads.loadHistory(false),
        initialThread && threads.open(initialThread),
      ])
    },
    setOptions: (options) => {
      store.dispatch({ type: 'options.set', options, locale: locale(options) })
      composer.selectDefaults()
    },
    setThreadId: (id) => threads.open(id ?? null),
    ...messages,
    ...composer,
    async fetchUpdates() {
      await Promise.all([threads.refresh(), threads.loadHistory(false)])
    },
    async showHistory() {
      store.dispatch({ type: 'view.set', view: 'history' })
      if (store.getState().history.phase !== 'ready') await threads.loadHistory(false)
    },
    async hideHistory() {
      store.dispatch({ type: 'view.set', view: 'chat' })
    },
    stop: runs.stop,
    renameThread: threads.rename,
    deleteThread: threads.delete,
    loadOlderItems: threads.loadOlder,
    loadMoreThreads: () => threads.loadHistory(true),
    dismissNotice: (id) => store.dispatch({ type: 'notice.dismissed', id }),
    callHost: (path, ...args) => {
      host.callFunction(path, args).catch((error: unknown) => reportError(host, error))
    },
    openDeepLink(url) {
      const { host: name, searchParams } = new URL(url)
      host.emit('chatkit.deeplink', { name, data: Object.fromEntries(searchParams) })
    },
    dispose() {
      stopWatching?.()
      runs.detach()
      stopAnnouncing()
    },
  }
}
