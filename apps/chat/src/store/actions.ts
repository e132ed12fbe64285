import type { FeedbackKind, RunEvent, ThreadItem } from '@parley/protocol'
import type { ChatOptions } from './options.js'
import type {
  ChatState,
  ComposerState,
  FoundPlace,
  Problem,
  RunState,
  SearchState,
  ThreadInfo,
  Upload,
} from './state.js'

/** Everything that changes the state: what the server streams, and what happens here. */
export type ChatAction =
  | { type: 'event'; event: RunEvent }
  | { type: 'options.set'; options: ChatOptions; locale: string }
  | { type: 'online.set'; online: boolean }
  | { type: 'view.set'; view: ChatState['view'] }
  | { type: 'thread.cleared' }
  | { type: 'thread.loading'; id: string }
  | { type: 'thread.loaded'; thread: ThreadInfo; items: ThreadItem[]; olderAfter: string | null; found?: FoundPlace }
  | { type: 'thread.load_failed'; problem: Problem }
  | { type: 'older.loading' }
  | { type: 'older.loaded'; items: ThreadItem[]; olderAfter: string | null }
  | { type: 'older.failed' }
  | { type: 'item.sent'; item: ThreadItem }
  | { type: 'item.put'; item: ThreadItem }
  | { type: 'items.removed_after'; itemId: string }
  | { type: 'run.changed'; run: Partial<RunState> }
  | { type: 'run.ended'; problem?: Problem }
  | { type: 'problem.cleared' }
  | { type: 'notice.dismissed'; id: number }
  | { type: 'feedback.set'; itemIds: string[]; kind: FeedbackKind }
  | { type: 'history.loading' }
  | { type: 'history.loaded'; threads: ThreadInfo[]; after: string | null; append: boolean }
  | { type: 'history.failed' }
  | { type: 'history.renamed'; id: string; title: string }
  | { type: 'history.removed'; id: string }
  | { type: 'search.changed'; search: SearchState | null }
  | { type: 'composer.changed'; composer: Partial<ComposerState> }
  | { type: 'composer.cleared' }
  | { type: 'upload.changed'; id: string; change: Partial<Upload> }
