import type { CustomWidgetToFrame, CustomWidgetToPage } from './custom-widgets.js'
import type { PageFontApi } from './page-fonts.js'
import type { PageFetchApi } from './remote-fetch.js'

/** The element's methods that the frame carries out, by their published names. */
export const COMMANDS = [
  'focusComposer',
  'setThreadId',
  'sendUserMessage',
  'setComposerValue',
  'sendCustomAction',
  'fetchUpdates',
  'showHistory',
  'hideHistory',
] as const

export type Command = (typeof COMMANDS)[number]

/** The page's options as they cross: plain data, functions replaced by `true`. */
export type WireOptions = Record<string, unknown>

export interface StartMessage {
  options: WireOptions
  /** Address against which the page's own relative URLs are resolved. */
  pageUrl: string
}

/** What the frame offers the page. */
export interface FrameApi {
  /** The first options; the chat begins. */
  start(message: StartMessage): void
  setOptions(options: WireOptions): void
  run(command: Command, args: unknown[]): Promise<void>
  customWidget(message: CustomWidgetToFrame): unknown
}

/** What the element shows by itself, in the chat's language. */
export interface ShellWords {
  open: string
  close: string
  unread: string
}

/** What the frame tells of itself, so that the element can be a panel, or as high as what is in it. */
export type ShellMessage = { words: ShellWords } | { height: number } | { close: true }

/** What the page offers the frame. */
export interface PageApi extends PageFetchApi, PageFontApi {
  /** Dispatches an event on the element. */
  emit(name: string, detail?: unknown): void
  /** Calls a function of the newest options by its path. */
  callOption(path: string, args: unknown[]): Promise<unknown>
  shell(message: ShellMessage): void
  customWidget(message: CustomWidgetToPage): unknown
}
