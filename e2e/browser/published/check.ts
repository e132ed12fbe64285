import type { ChatKitOptions } from '@openai/chatkit'
import type { Locator, Page } from 'playwright-core'
import type { Surface } from './surface.js'

/** One thing a person or a page can see of the chat, and the published paths it proves. */
export interface Check {
  sees: string
  /** Paths of the surface; one that ends in `=*` stands for each of its values, which the check goes through. */
  shows: string[]
  /** Options the page begins with, as far as they are plain data. */
  given?: Partial<ChatKitOptions>
  look(chat: CheckedChat): Promise<void>
}

/** A fresh chat of a page that is typed by nothing but the published types, and a whole Parley behind it. */
export interface CheckedChat {
  page: Page
  surface: Surface
  /** Inside the frame. */
  frame: ReturnType<Page['frameLocator']>
  composer: Locator
  button(name: string | RegExp): Locator
  /** Sets options of plain data, beside those the page began with. */
  change(options: Partial<ChatKitOptions>): Promise<void>
  /** Types a message, sends it and waits for the end of the answer. */
  say(text: string): Promise<void>
  /** Waits until the conversation shows this text. */
  reads(text: string): Promise<void>
  /** Lets a held answer go on. */
  release(): void
  /** Bodies of the requests so far, of one type. */
  sent(type: string): SentBody[]
  /** Headers of the requests so far. */
  headers(): Record<string, string>[]
  /** Details of the events of one name so far. */
  events(name: string): Promise<unknown[]>
  /** What the page's own functions were called with. */
  called(): Promise<unknown[]>
}

export interface SentBody {
  type: string
  params: {
    thread_id?: string
    item_id?: string
    action?: unknown
    item_ids?: string[]
    kind?: string
    title?: string
    input: { content: unknown[]; attachments: string[]; quoted_text?: string; inference_options: unknown }
  }
}
