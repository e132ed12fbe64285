import type { Attachment, FeedbackKind, Thread, ThreadItem, ThreadMatch } from '@parley/protocol'
import type { ChatOptions } from './options.js'
import type { PlacedTag } from './tagged-text.js'

/** Everything on screen, as data. Replaced, never changed in place, except the text being written (`live-text.ts`). */
export interface ChatState {
  readonly options: ChatOptions
  readonly locale: string
  readonly online: boolean
  readonly view: 'chat' | 'history'

  /** `null`: the start screen of a conversation that does not exist yet. */
  readonly threadId: string | null
  /** `null` as well while the thread is being loaded. */
  readonly thread: ThreadInfo | null
  readonly loading: 'none' | 'thread' | 'older'
  readonly itemIds: readonly string[]
  /** The ids under which messages of the person were shown before the server had its own for them. */
  readonly shownAs: ReadonlyMap<string, string>
  readonly items: ReadonlyMap<string, ThreadItem>
  /** Items announced but not done yet. */
  readonly openIds: ReadonlySet<string>
  /** The message the conversation was opened for, and a word to find in it. */
  readonly found: FoundPlace | null
  /** Cursor of the next older page; `null` when the first message is on screen. */
  readonly olderAfter: string | null

  readonly run: RunState
  readonly problem: Problem | null
  readonly notices: readonly Notice[]
  readonly imageProgress: ReadonlyMap<string, number>
  readonly feedback: ReadonlyMap<string, FeedbackKind>

  readonly history: HistoryState
  /** `null` while nothing is looked for. */
  readonly search: SearchState | null
  readonly composer: ComposerState
  /** What was begun in the threads that are not on screen, by their ids; `""` is the one that does not exist yet. */
  readonly drafts: ReadonlyMap<string, Draft>
}

export interface FoundPlace {
  readonly itemId: string
  readonly word: string
}

export type ThreadInfo = Pick<Thread, 'id' | 'title' | 'status' | 'created_at' | 'allowed_image_domains'>

export interface RunState {
  /**
   * `starting`: sent, nothing heard yet; `streaming`: events arrive; `reconnecting`: the line dropped and is being
   * picked up again; `client_tool`: the page is working; `stopping`: stop was pressed.
   */
  readonly phase: 'idle' | 'starting' | 'streaming' | 'reconnecting' | 'client_tool' | 'stopping'
  readonly allowCancel: boolean
  readonly progress: { text: string; icon?: string } | null
}

/** Something went wrong, said at the place where it happened. `text` is shown as it is; a `code` has words in `text/`. */
export interface Problem {
  readonly code: ProblemCode
  readonly text?: string
  readonly retry: boolean
  /** The thread is not what is on screen any more: another window was first. */
  readonly stale?: boolean
}

export type ProblemCode =
  | 'stream'
  | 'custom'
  | 'network'
  | 'unauthorized'
  | 'not_found'
  | 'rate_limited'
  | 'refused'
  | 'server'
  | 'interrupted'
  | 'load'

export interface Notice {
  readonly id: number
  readonly level: 'info' | 'warning' | 'danger'
  readonly message: string
  readonly title?: string
}

export interface HistoryState {
  readonly threads: readonly ThreadInfo[]
  readonly phase: 'idle' | 'loading' | 'ready' | 'failed'
  readonly after: string | null
}

/** Chats that were looked for in the history. */
export interface SearchState {
  readonly query: string
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly matches: readonly ThreadMatch[]
  readonly after: string | null
  /** The server cannot search: these are the titles loaded so far. */
  readonly titlesOnly: boolean
}

export interface ComposerState {
  /** The names of the tags are part of it. */
  readonly text: string
  readonly tags: readonly PlacedTag[]
  readonly quote: string | null
  /** Uploaded already, placed in the composer by the host page. */
  readonly attachments: readonly Attachment[]
  /** Files the person chose, in their order. */
  readonly uploads: readonly Upload[]
  /** Why some of the files chosen last were not taken. */
  readonly refusals: readonly FileRefusal[]
  /** What was filled in of the agent's questions, so that nothing is lost when it cannot be sent. */
  readonly answers: { readonly itemId: string; readonly values: AnswerValues } | null
  readonly toolId: string | null
  readonly modelId: string | null
  /** Grows each time the composer is asked to take the focus. */
  readonly focusRequests: number
}

/** By the ids of the inputs. */
export type AnswerValues = Readonly<Record<string, readonly string[]>>

/** What of the composer belongs to one thread; the chosen tool and model go with the person. */
export type Draft = Pick<ComposerState, 'text' | 'tags' | 'quote' | 'attachments' | 'uploads' | 'refusals' | 'answers'>

/** A file on its way to the server, or there. */
export interface Upload {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly phase: 'sending' | 'done' | 'failed'
  /** 0 to 1; `null` where the way does not tell. */
  readonly progress: number | null
  /** A picture of the file, from this browser's memory. */
  readonly previewUrl?: string
  /** Once it is done. */
  readonly attachment?: Attachment
  /** What the server said against it, once it has failed. */
  readonly problem?: string
}

/** A file that was not taken, and the limit it broke. */
export type FileRefusal =
  | { readonly code: 'too_large' | 'wrong_type'; readonly name: string; readonly limit: string }
  | { readonly code: 'too_many'; readonly limit: string }

export const IDLE_RUN: RunState = { phase: 'idle', allowCancel: false, progress: null }

export const EMPTY_DRAFT: Draft = {
  text: '',
  tags: [],
  quote: null,
  attachments: [],
  uploads: [],
  refusals: [],
  answers: null,
}

const EMPTY_COMPOSER: ComposerState = {
  ...EMPTY_DRAFT,
  toolId: null,
  modelId: null,
  focusRequests: 0,
}

export function initialState(options: ChatOptions, locale: string): ChatState {
  return {
    options,
    locale,
    online: true,
    view: 'chat',
    threadId: null,
    thread: null,
    loading: 'none',
    itemIds: [],
    shownAs: new Map(),
    items: new Map(),
    openIds: new Set(),
    found: null,
    olderAfter: null,
    run: IDLE_RUN,
    problem: null,
    notices: [],
    imageProgress: new Map(),
    feedback: new Map(),
    history: { threads: [], phase: 'idle', after: null },
    search: null,
    composer: EMPTY_COMPOSER,
    drafts: new Map(),
  }
}
