import type {
  Annotation,
  AssistantMessageContent,
  RunEvent,
  StructuredInputItem,
  ThreadItem,
  ThreadItemUpdate,
  ThreadStreamEvent,
} from '@parley/protocol'
import { type AgentContext, endedWorkflow } from './agent-context.js'
import { createCitationReader } from './citations.js'
import type { ResponseConverter } from './response-converter.js'

/** One part of the answer as it stands. */
interface Part {
  /** What was shown, where markers were replaced; elsewhere the model itself says the whole text at its end. */
  text: string
  annotations: Annotation[]
  /** Set when the run has sources to cite. */
  citations?: ReturnType<typeof createCitationReader>
}

/**
 * What one run has shown so far: which workflow is open, which message is being written, and every id it made.
 * The event tables change it; whatever it tells goes to `emit`.
 */
export class AnswerStream {
  /** Ids of everything this turn has shown, to take it back when a guardrail trips. */
  readonly producedIds = new Set<string>()
  /** The thought that is being shown live: only the first of a reasoning workflow is. */
  liveThought: { key: string; text: string; index: number } | undefined
  #messageIds = new Map<string, string>()
  #parts = new Map<string, Part[]>()
  #call: { callId: string; itemId?: string } | undefined

  constructor(
    readonly context: AgentContext<unknown>,
    readonly converter: ResponseConverter,
    readonly emit: (event: RunEvent) => void,
  ) {}

  /** An event somebody put into the context. */
  forward(event: ThreadStreamEvent): void {
    if (event.type === 'thread.item.added' || event.type === 'thread.item.done') {
      const { item } = event
      const open = this.context.workflowItem
      if (item.id !== open?.id && item.type !== 'client_tool_call' && item.type !== 'hidden_context_item')
        this.endWorkflow()
      if (event.type === 'thread.item.added' && item.type === 'workflow')
        this.context.workflowItem = structuredClone(item)
      this.producedIds.add(item.id)
    }
    this.emit(event)
  }

  /** Ends the open workflow, if there is one, because something else follows it. */
  endWorkflow(): void {
    const item = this.context.workflowItem
    if (!item) return
    this.context.workflowItem = undefined
    this.producedIds.add(item.id)
    this.emit({ type: 'thread.item.done', item: endedWorkflow(item) })
  }

  added(item: ThreadItem): void {
    this.producedIds.add(item.id)
    this.emit({ type: 'thread.item.added', item })
  }

  updated(itemId: string, update: ThreadItemUpdate): void {
    this.emit({ type: 'thread.item.updated', item_id: itemId, update })
  }

  done(item: ThreadItem): void {
    this.producedIds.add(item.id)
    this.emit({ type: 'thread.item.done', item })
  }

  /** The fields every item has. */
  head(id: string): { id: string; thread_id: string; created_at: string } {
    return { id, thread_id: this.context.thread.id, created_at: new Date().toISOString() }
  }

  /** Begins a message. Ids a model gives twice are replaced: messages would overwrite each other. */
  openMessage(modelId: string): void {
    this.endWorkflow()
    const isFake = modelId === '' || modelId === FAKE_ID || this.producedIds.has(modelId)
    const id = isFake ? this.context.generateId('message') : modelId
    this.#messageIds.set(modelId, id)
    this.#parts.set(id, [])
    this.added({ type: 'assistant_message', ...this.head(id), content: [] })
  }

  messageId(modelId: string): string {
    return this.#messageIds.get(modelId) ?? modelId
  }

  openPart(modelId: string, index: number, text: string): void {
    const id = this.messageId(modelId)
    const part: Part = { text: '', annotations: [] }
    if (this.context.sources.size > 0) part.citations = createCitationReader(this.context.sources)
    const parts = this.#parts.get(id) ?? []
    parts[index] = part
    this.#parts.set(id, parts)
    const read = part.citations?.read(text) ?? { text, annotations: [] }
    part.text = read.text
    this.updated(id, {
      type: 'assistant_message.content_part.added',
      content_index: index,
      content: { type: 'output_text', text: read.text, annotations: [] },
    })
    for (const annotation of read.annotations) this.#annotate(id, index, part, annotation)
  }

  writeText(modelId: string, index: number, delta: string): void {
    const id = this.messageId(modelId)
    const part = this.#parts.get(id)?.[index]
    if (part?.citations) this.#tellCited(id, index, part, part.citations.read(delta))
    else this.#tellText(id, index, delta)
  }

  closePart(modelId: string, index: number, text: string): void {
    const id = this.messageId(modelId)
    const part = this.#parts.get(id)?.[index]
    if (part?.citations) this.#tellCited(id, index, part, part.citations.end())
    const shown = part?.citations ? part.text : text
    this.updated(id, {
      type: 'assistant_message.content_part.done',
      content_index: index,
      content: { type: 'output_text', text: shown, annotations: [] },
    })
  }

  /** A source the model itself pinned to its text. */
  annotate(modelId: string, index: number, annotation: Annotation): void {
    const id = this.messageId(modelId)
    const part = this.#parts.get(id)?.[index]
    if (part) this.#annotate(id, index, part, annotation)
  }

  /** Ends a message with the model's own text and annotations, or with what was shown where markers were replaced. */
  closeMessage(modelId: string, contents: AssistantMessageContent[]): void {
    const id = this.messageId(modelId)
    const parts = this.#parts.get(id) ?? []
    this.#parts.delete(id)
    const content = contents.map((given, index) => {
      const part = parts[index]
      if (!part) return given
      return {
        ...given,
        text: part.citations ? part.text : given.text,
        annotations: given.annotations.length > 0 ? given.annotations : part.annotations,
      }
    })
    this.done({ type: 'assistant_message', ...this.head(id), content })
  }

  /** The latest function call: a client tool call takes its ids. */
  rememberCall(call: { type?: string; callId?: unknown; id?: unknown }): void {
    if (call.type !== 'function_call' || typeof call.callId !== 'string') return
    const itemId = typeof call.id === 'string' && call.id !== FAKE_ID ? call.id : undefined
    this.#call = { callId: call.callId, itemId }
    if (itemId) this.producedIds.add(itemId)
  }

  /**
   * The run is over. A client tool call ends the turn, and a workflow that is open then is kept without a summary: the
   * next turn goes on with it. (The reference stores such a workflow silently; a client would see it spin for ever.)
   * So does a run that waits; its `question` is asked then.
   */
  finish(waiting?: { question: StructuredInputItem | undefined }): void {
    const { context } = this
    const { clientToolCall, workflowItem } = context
    if (!clientToolCall && !waiting) {
      this.endWorkflow()
      return
    }
    if (workflowItem) this.done(structuredClone(workflowItem))
    if (waiting?.question) this.done(waiting.question)
    if (!clientToolCall) return
    this.done({
      type: 'client_tool_call',
      ...this.head(this.#call?.itemId ?? context.generateId('tool_call')),
      status: 'pending',
      call_id: this.#call?.callId ?? context.generateId('tool_call'),
      name: clientToolCall.name,
      arguments: clientToolCall.arguments,
    })
  }

  #tellText(id: string, index: number, delta: string): void {
    if (delta) this.updated(id, { type: 'assistant_message.content_part.text_delta', content_index: index, delta })
  }

  #tellCited(id: string, index: number, part: Part, cited: { text: string; annotations: Annotation[] }): void {
    part.text += cited.text
    this.#tellText(id, index, cited.text)
    for (const annotation of cited.annotations) this.#annotate(id, index, part, annotation)
  }

  #annotate(id: string, index: number, part: Part, annotation: Annotation): void {
    const annotation_index = part.annotations.push(annotation) - 1
    this.updated(id, {
      type: 'assistant_message.content_part.annotation_added',
      content_index: index,
      annotation_index,
      annotation,
    })
  }
}

/** What some chat-completions models of the Agents SDK call every message. */
const FAKE_ID = 'FAKE_ID'
