import { matchType, type Task, type ThreadItem, type WorkflowItem } from '@parley/protocol'
import type { ChatContent, StepContent } from './event-schema.js'

/** A finished item as pieces of the answer; none for what is not part of it. */
export const encodeContent = (item: ThreadItem): ChatContent[] =>
  matchType<ThreadItem, ChatContent[]>(item, {
    assistant_message: ({ id, content }) =>
      content.map(({ text }, index): ChatContent => ({ type: 'text', text, id: partId(id, index) })),
    workflow: encodeWorkflow,
    task: ({ id, task }) => encodeTask(task, id),
    widget: ({ id, widget, copy_text }) => [
      {
        type: 'component',
        id,
        data: {
          category: 'Dashboard',
          type: 'Widget',
          message: copy_text,
          widgets: [{ name: widget.type, config: widget }],
        },
      },
    ],
    generated_image: ({ id, image }) => (image ? [{ type: 'image_url', id, image_url: { url: image.url } }] : []),
    client_tool_call: ({ call_id, name, status, arguments: input, output }) => [
      {
        type: 'component',
        id: call_id,
        data: { category: 'Tool', tool: name, title: name, status: statusOf(status === 'completed'), input, output },
      },
    ],
    structured_input: none,
    user_message: none,
    end_of_turn: none,
    hidden_context_item: none,
    sdk_hidden_context: none,
  })

/** The id of one part of a message: its first part is what most messages have. */
export const partId = (itemId: string, index: number) => (index === 0 ? itemId : `${itemId}:${index}`)

export const taskId = (itemId: string, index: number) => `${itemId}:${index}`

export function encodeTask(task: Task, id: string): ChatContent[] {
  const step = (data: Omit<StepContent['data'], 'category' | 'status'>): ChatContent[] => [
    {
      type: 'component',
      id,
      data: { category: 'Tool', ...data, title: data.title ?? task.title, status: statusOf(isOver(task)) },
    },
  ]
  return matchType<Task, ChatContent[]>(task, {
    custom: ({ content }) => step({ message: content }),
    web_search: ({ title_query, queries, sources }) =>
      step({ type: 'web_search', title: task.title ?? title_query ?? queries[0], data: sources }),
    thought: ({ content }) => [{ type: 'reasoning', text: content, id }],
    file: ({ sources }) => step({ type: 'files', data: sources }),
    image: () => step({}),
  })
}

const encodeWorkflow = ({ id, workflow }: WorkflowItem): ChatContent[] =>
  workflow.tasks.flatMap((task, index) => encodeTask(task, taskId(id, index)))

const statusOf = (isDone: boolean): 'success' | 'running' => (isDone ? 'success' : 'running')

const isOver = ({ status_indicator }: Task) => status_indicator !== 'loading'

const none = (): ChatContent[] => []
