import type {
  FoundPassage,
  GeneratedImageItem,
  Task,
  ThreadMetadata,
  ThreadStreamEvent,
  WidgetRoot,
  Workflow,
  WorkflowItem,
  WorkflowSummary,
} from '@parley/protocol'
import { ParleyError } from '@parley/protocol'
import type { Span } from '../base/trace.js'
import type { CallContext } from '../runnable/runnable.js'
import type { NotedThread } from '../storage/store.js'
import { streamWidget } from '../widgets/stream-widget.js'
import { stateOfThread } from './fill-text.js'
import { SourceList } from './source-list.js'

/** What an agent context is made of; a `RunContext` has all of it. */
export type AgentContextParts<Context> = Pick<CallContext<Context>, 'thread' | 'context' | 'loadItems' | 'generateId'> &
  Partial<Pick<CallContext<Context>, 'loadAttachment' | 'readAttachment' | 'saveFile'>>

/**
 * What tools see of the conversation (`runContext.context`): the thread, the caller's own context, and ways to show
 * something while the agent works. What is streamed here appears in the answer at once, also while the model is silent.
 *
 * Source: the ChatKit server kit's `AgentContext`, names in camelCase.
 */
export class AgentContext<Context = unknown> {
  readonly thread: ThreadMetadata
  /** Whatever authenticated the caller. */
  readonly requestContext: Context
  previousResponseId?: string
  /** Set it inside a tool whose agent is told to stop there (`stopAtToolNames`): the page then runs the tool. */
  clientToolCall?: { name: string; arguments: Record<string, unknown> }
  /** The workflow that is being shown. */
  workflowItem?: WorkflowItem
  /** The image that is being made. */
  generatedImageItem?: GeneratedImageItem
  /** The calls of tools that are being traced, by the id of the call. */
  toolSpans?: ReadonlyMap<string, Span>
  /** What the answer may cite; tools that find something add to it. */
  readonly sources = new SourceList()
  /** What searches of knowledge have found, by the id of the call. */
  readonly found = new Map<string, FoundPassage[]>()

  readonly #parts: AgentContextParts<Context>
  #early: ThreadStreamEvent[] = []
  #listener: ((event: ThreadStreamEvent) => void) | undefined

  constructor(parts: AgentContextParts<Context>) {
    this.#parts = parts
    this.thread = parts.thread
    this.requestContext = parts.context
  }

  /** The variables of the conversation, by name: those it began with, and what tools and callers of an API have set since. */
  get state(): Readonly<Record<string, unknown>> {
    return stateOfThread(this.thread)
  }

  /** Sets some of them, as plain JSON; the others stay. They are kept with the conversation; where the app asks for one as an input, `{{name}}` in its instructions reads it. */
  setState(changes: Record<string, unknown>): void {
    const thread: NotedThread = this.thread
    thread.notes = { ...thread.notes, state: { ...this.state, ...structuredClone(changes) } }
  }

  generateId(kind: Parameters<AgentContextParts<Context>['generateId']>[0]): string {
    return this.#parts.generateId(kind)
  }

  loadItems(...page: Parameters<AgentContextParts<Context>['loadItems']>) {
    return this.#parts.loadItems(...page)
  }

  /** The files of the conversation, and a place for new ones. Absent where the context was made without. */
  get files(): Pick<CallContext<Context>, 'loadAttachment' | 'readAttachment' | 'saveFile'> | undefined {
    const { loadAttachment, readAttachment, saveFile } = this.#parts
    return loadAttachment && readAttachment && saveFile && { loadAttachment, readAttachment, saveFile }
  }

  /** Adds an event to the answer. */
  stream(event: ThreadStreamEvent): void {
    if (this.#listener) this.#listener(event)
    else this.#early.push(event)
  }

  /** Hands every event to `listener`, those first that came before anybody listened. */
  listen(listener: (event: ThreadStreamEvent) => void): void {
    this.#listener = listener
    const early = this.#early
    this.#early = []
    for (const event of early) listener(event)
  }

  /** Shows a widget; of an iterable the states one after the other, as changes. */
  async streamWidget(widget: WidgetRoot | AsyncIterable<WidgetRoot>, copyText?: string): Promise<void> {
    const generateId = () => this.generateId('message')
    for await (const event of streamWidget(this.thread, widget, { copyText, generateId })) this.stream(event)
  }

  /** Begins a list of steps. A `custom` one without tasks shows up with its first task. */
  startWorkflow(workflow: Workflow): void {
    this.workflowItem = {
      type: 'workflow',
      id: this.generateId('workflow'),
      thread_id: this.thread.id,
      created_at: now(),
      workflow,
    }
    if (workflow.type === 'reasoning' || workflow.tasks.length > 0) this.#added(this.workflowItem)
  }

  /** Adds a step, to a new `custom` workflow when there is none, and returns its place for {@link updateWorkflowTask}. */
  addWorkflowTask(task: Task): number {
    if (!this.workflowItem) this.startWorkflow({ type: 'custom', tasks: [], expanded: false })
    const item = this.workflowItem as unknown as WorkflowItem // started above
    const index = item.workflow.tasks.push(task) - 1
    if (item.workflow.type !== 'reasoning' && index === 0) this.#added(item)
    else this.#updated(item, { type: 'workflow.task.added', task_index: index, task })
    return index
  }

  /** Replaces a step. @throws {ParleyError} `internal` when no workflow is being shown. */
  updateWorkflowTask(task: Task, index: number): void {
    const item = this.workflowItem
    if (!item) throw new ParleyError('internal', 'There is no workflow whose task could be updated.')
    item.workflow.tasks[index] = task
    this.#updated(item, { type: 'workflow.task.updated', task_index: index, task })
  }

  /** Ends the list of steps, if there is one. Without a summary: the one it has, else how long it took. */
  endWorkflow(summary?: WorkflowSummary, expanded = false): void {
    const item = this.workflowItem
    if (!item) return
    this.workflowItem = undefined
    this.stream({ type: 'thread.item.done', item: endedWorkflow(item, summary, expanded) })
  }

  #added(item: WorkflowItem): void {
    this.stream({ type: 'thread.item.added', item: structuredClone(item) })
  }

  #updated(item: WorkflowItem, update: Extract<ThreadStreamEvent, { type: 'thread.item.updated' }>['update']): void {
    this.stream({ type: 'thread.item.updated', item_id: item.id, update: structuredClone(update) })
  }
}

/** The workflow as it is stored when it is over. */
export function endedWorkflow(item: WorkflowItem, summary?: WorkflowSummary, expanded = false): WorkflowItem {
  const { workflow } = item
  // What is shown next is what the step was for: it is done, though its tool may still have a word for the model.
  const tasks = workflow.tasks.map((task) =>
    task.status_indicator === 'loading' ? { ...task, status_indicator: 'complete' as const } : task,
  )
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(item.created_at)) / 1000))
  return {
    ...item,
    workflow: {
      ...workflow,
      tasks,
      summary: summary ?? workflow.summary ?? { duration: seconds },
      expanded,
    } as Workflow, // tasks of the kind they were
  }
}

const now = (): string => new Date().toISOString()
