/** A widget tree, or any other JSON object, as somebody writes it by hand. */
export type Tree = Record<string, unknown>

interface Described {
  /** What the address calls it: `/gallery#Card`. */
  id: string
  /** In the list; the id unless given. */
  title?: string
  /** One or two sentences for somebody who meets it for the first time. */
  about: string
  /** What the person says before it. */
  question?: string
}

/**
 * One thing to show: a widget's root, an item without `id`, `thread_id` and `created_at`, an answer's Markdown, the
 * stream events that answer a message, or the page's options for an empty chat.
 */
export type Sample = Described &
  (
    | { kind: 'widget'; source: Tree }
    | { kind: 'item'; source: Tree & { type: string } }
    | { kind: 'markdown'; source: string }
    | { kind: 'events'; source: (Tree & { type: string })[] }
    | { kind: 'options'; source: Tree }
  )

export type SampleKind = Sample['kind']

/** A sample as its file writes it; the key of its table is its id. */
export type WidgetSample = Omit<Described, 'id'> & { source: Tree }
export type ItemSample = Omit<Described, 'id'> & { source: Tree & { type: string } }
