/** One hostile thing, and where it is put. */
export interface Attack {
  /** What is tried; also the message that asks for it. */
  name: string
  /** Events the server streams, as a model, a tool or a hacked server may make them. */
  events?: Record<string, unknown>[]
  /** Options of the page, set before the message is sent: a page may pass on what its own users wrote. */
  options?: Record<string, unknown>
  /** Files of the page's widgets run hostile code on purpose: what their own sandbox refuses is no failure. */
  inSandbox?: boolean
  /** How many errors the page is told of; none unless the attack says so. */
  errors?: number
}

/** A host that must never be asked for anything. */
export const EVIL = 'evil.example'
/** What hostile code does when it runs. */
export const RUN = 'top.pwned=self.pwned=parent.pwned=1'

let last = 0
const head = () => ({ id: `attack_${++last}`, thread_id: 'thr_1', created_at: '2026-01-01T00:00:00Z' })

/** An item as it arrives when it is done. */
export const done = (item: Record<string, unknown>) => ({ type: 'thread.item.done', item: { ...head(), ...item } })

/** An answer in Markdown, with annotations. */
export const answer = (text: string, annotations: unknown[] = []) =>
  done({ type: 'assistant_message', content: [{ type: 'output_text', text, annotations }] })

/** A widget whose root holds these. */
export const widget = (...children: unknown[]) => done({ type: 'widget', widget: { type: 'Card', children } })
