import type { RunEvent, Source, ThreadItem } from '@parley/protocol'
import type { WireContent, WireResult } from './schema.js'

/** Letters between two words about an answer that is being written. */
const LETTERS_PER_STEP = 400

/** What a run has come to so far: for its result, and for words about its progress. */
export class Answer {
  readonly #texts: string[] = []
  readonly #links: WireContent[] = []
  readonly #citations = new Map<string, { title: string; url?: string }>()
  #waitsFor: string | undefined
  #failure: string | undefined
  #status: 'completed' | 'waiting' | 'cancelled' = 'completed'
  #letters = 0
  #told = 0

  constructor(readonly threadId: string) {}

  /** Takes an event in. @returns words for whoever waits, now and then */
  take(event: RunEvent): string | undefined {
    if (event.type === 'thread.item.done') this.#done(event.item)
    else if (event.type === 'error') this.#failure = event.message ?? 'The app could not answer. Its log says why.'
    else if (event.type === 'run.waiting') this.#status = 'waiting'
    else if (event.type === 'run.ended' && event.status === 'cancelled') this.#status = 'cancelled'
    else if (event.type === 'progress_update') return event.text
    else if (event.type === 'tool.started') return `Using ${event.name}`
    else if (event.type === 'node.started') return event.title
    else if (event.type === 'thread.item.updated' && event.update.type === 'assistant_message.content_part.text_delta')
      return this.#written(event.update.delta)
    return undefined
  }

  result(): WireResult {
    if (this.#failure !== undefined) return { content: [{ type: 'text', text: this.#failure }], isError: true }
    const text = [...this.#texts, ...(this.#waitsFor === undefined ? [] : [this.#waitsFor])].join('\n\n')
    const citations = [...this.#citations.values()]
    const sources = citations.map(({ title, url }) => (url === undefined ? `- ${title}` : `- ${title}: ${url}`))
    return {
      content: [
        { type: 'text', text },
        ...(sources.length > 0 ? [{ type: 'text', text: `Sources:\n${sources.join('\n')}` } as const] : []),
        ...this.#links,
        { type: 'text', text: `To go on with this conversation, send thread_id "${this.threadId}" along.` },
      ],
      structuredContent: { thread_id: this.threadId, status: this.#status, text, citations },
    }
  }

  #written(delta: string): string | undefined {
    this.#letters += delta.length
    if (this.#told > 0 && this.#letters - this.#told < LETTERS_PER_STEP) return undefined
    this.#told = this.#letters
    return `Writing: ${this.#letters} letters`
  }

  #done(item: ThreadItem): void {
    if (item.type === 'assistant_message') {
      for (const { text, annotations } of item.content) {
        if (text) this.#texts.push(text)
        for (const { source } of annotations) this.#cite(source)
      }
    } else if (item.type === 'generated_image' && item.image) {
      const { url } = item.image
      if (/^https?:/.test(url)) this.#links.push({ type: 'resource_link', uri: url, name: 'A picture' })
      else this.#texts.push('[A picture that cannot be sent here.]')
    } else if (item.type === 'widget' && item.copy_text) this.#texts.push(item.copy_text)
    else if (item.type === 'structured_input' && item.status === 'pending')
      this.#waitsFor = `The app waits for a person to answer: ${item.inputs.map(questionOf).join(' ')} That happens in its chat; then ask again with this thread_id.`
    else if (item.type === 'client_tool_call' && item.status === 'pending')
      this.#waitsFor = `The app asked the page that shows its chat to run "${item.name}" with ${JSON.stringify(item.arguments)}. There is no page here, so it cannot go on.`
  }

  #cite(source: Source): void {
    if (source.type === 'entity') return
    const url = source.type === 'url' ? source.url : undefined
    this.#citations.set(url ?? source.title, { title: source.title, ...(url !== undefined && { url }) })
  }
}

const questionOf = (input: Extract<ThreadItem, { type: 'structured_input' }>['inputs'][number]): string =>
  input.question
