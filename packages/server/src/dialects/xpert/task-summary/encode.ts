import type { Source as CitedSource, Task, ThreadItem, UserMessageItem } from '@parley/protocol'
import { encodeGoal } from '../conversations/encode.js'
import { encodeThread, type ThreadParts } from '../threads/encode.js'
import type { Output, Pending, Section, Source, TaskSummary } from './schema.js'

/** What a summary is made of, newest first. */
export interface Collected extends Record<Section, readonly unknown[]> {
  outputs: Output[]
  sources: Source[]
  agents: never[]
  pending: Pending[]
}

/** Everything a conversation rests on, has made and waits for. */
export function collectTasks({ run, items = [] }: Pick<ThreadParts, 'run' | 'items'>): Collected {
  const waiting = run?.status === 'waiting' ? items.filter(({ id }) => id === run.waiting_item_id) : []
  return {
    outputs: items.flatMap(outputsOf).toReversed(),
    sources: latestOf(items.flatMap(sourcesOf)).toReversed(),
    agents: [],
    pending: waiting.flatMap(pendingOf),
  }
}

const PREVIEWED = 3

/** The whole at a glance: of each list the newest, and how many there are. */
export function encodeTaskSummary(parts: ThreadParts): TaskSummary {
  const { id } = parts.thread
  const { outputs, sources, agents, pending } = collectTasks(parts)
  return {
    version: 1,
    conversationId: id,
    threadId: id,
    task: { goal: encodeGoal(parts.thread) },
    outputs: preview(outputs),
    sources: preview(sources),
    agents: preview(agents),
    pending: preview(pending),
    updatedAt: encodeThread(parts).updated_at,
  }
}

const preview = <Entry>(entries: Entry[]) => ({ items: entries.slice(0, PREVIEWED), total: entries.length })

function outputsOf(item: ThreadItem): Output[] {
  if (item.type !== 'generated_image') return []
  const { id, image, created_at: updatedAt } = item
  const head = { id, kind: 'image', title: 'Picture', updatedAt } as const
  return [image ? { ...head, status: 'success', resource: linkTo(image.url) } : { ...head, status: 'running' }]
}

function sourcesOf(item: ThreadItem): Source[] {
  if (item.type === 'user_message') return sourcesOfMessage(item)
  const updatedAt = item.created_at
  if (item.type === 'assistant_message')
    return item.content.flatMap(({ annotations }) =>
      annotations.flatMap(({ source }) => citedSource(source, updatedAt)),
    )
  const tasks = item.type === 'workflow' ? item.workflow.tasks : item.type === 'task' ? [item.task] : []
  return tasks.flatMap((task) => sourcesOfTask(task, updatedAt))
}

function sourcesOfMessage({ id, attachments, quoted_text, created_at: updatedAt }: UserMessageItem): Source[] {
  const here = { messageId: id, resource: { type: 'message', messageId: id }, updatedAt } as const
  return [
    ...attachments.map(
      (file): Source => ({
        ...here,
        id: `attachment:${file.id}`,
        kind: 'attachment',
        title: file.name,
        description: file.mime_type,
      }),
    ),
    ...(quoted_text ? [{ ...here, id: `quote:${id}`, kind: 'quote' as const, title: shortened(quoted_text) }] : []),
  ]
}

const sourcesOfTask = (task: Task, updatedAt: string): Source[] =>
  task.type === 'web_search' || task.type === 'file'
    ? task.sources.flatMap((source) => citedSource(source, updatedAt))
    : []

/** A web page or a document; things of the page's own world are no sources to open. */
function citedSource(source: CitedSource, updatedAt: string): Source[] {
  const description = source.description ?? undefined
  if (source.type === 'url') {
    const { url, title } = source
    return [{ id: `web_page:${url}`, kind: 'web_page', title, description, resource: linkTo(url), updatedAt }]
  }
  if (source.type !== 'file') return []
  const { filename, title } = source
  return [{ id: `knowledge:${filename}`, kind: 'knowledge', title: title || filename, description, updatedAt }]
}

function pendingOf(item: ThreadItem): Pending[] {
  const { id, created_at: createdAt } = item
  if (item.type === 'client_tool_call') return [{ id, kind: 'user_input', title: item.name, createdAt }]
  if (item.type !== 'structured_input') return []
  return item.inputs.map(
    (input): Pending => ({
      id: `${id}:${input.id}`,
      kind: input.tool_call ? 'approval' : 'user_input',
      title: input.question,
      createdAt,
    }),
  )
}

/** What is cited again is one source, as it was cited last. */
function latestOf(sources: Source[]): Source[] {
  const byId = new Map<string, Source>()
  for (const source of sources) {
    byId.delete(source.id) // the later place counts
    byId.set(source.id, source)
  }
  return [...byId.values()]
}

const linkTo = (url: string) => ({ type: 'url', url }) as const

const SHORT = 160
const shortened = (text: string) => (text.length > SHORT ? `${text.slice(0, SHORT)}…` : text)
