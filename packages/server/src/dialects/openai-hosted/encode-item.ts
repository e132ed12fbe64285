import {
  type Annotation,
  type Attachment,
  matchType,
  type Source,
  type Task,
  type ThreadItem,
  type UserMessageItem,
} from '@parley/protocol'
import type { HostedAnnotation, HostedAttachment, HostedItem, HostedTask } from './schema.js'

/**
 * An item as the REST lists show it: other types, other times and other shapes than the same item has in the chat's own
 * protocol; addresses are whole ones. `null` where this API has no word for it; such items are left out of the list.
 */
export function encodeItem(item: ThreadItem, publicUrl: string): HostedItem | null {
  const { id, thread_id } = item
  const head = { id, object: 'chatkit.thread_item', created_at: toUnixSeconds(item.created_at), thread_id } as const
  return matchType<ThreadItem, HostedItem | null>(item, {
    user_message: (message) => ({
      ...head,
      type: 'chatkit.user_message',
      content: encodeUserContent(message),
      attachments: message.attachments.map(encodeAttachment).map((file) => withWholeAddress(file, publicUrl)),
      inference_options: encodeOptions(message),
    }),
    assistant_message: ({ content }) => ({
      ...head,
      type: 'chatkit.assistant_message',
      content: content.map(({ text, annotations }) => ({
        type: 'output_text',
        text,
        annotations: annotations.flatMap(encodeAnnotation),
      })),
    }),
    widget: ({ widget }) => ({ ...head, type: 'chatkit.widget', widget: JSON.stringify(widget) }),
    client_tool_call: ({ status, call_id, name, arguments: given, output }) => ({
      ...head,
      type: 'chatkit.client_tool_call',
      status: status === 'pending' ? 'in_progress' : 'completed',
      call_id,
      name,
      arguments: JSON.stringify(given),
      output: output === undefined ? null : JSON.stringify(output),
    }),
    task: ({ task }) => {
      const { type, heading, summary } = encodeTask(task)
      return { ...head, type: 'chatkit.task', task_type: type, heading, summary }
    },
    workflow: ({ workflow }) => ({ ...head, type: 'chatkit.task_group', tasks: workflow.tasks.map(encodeTask) }),
    structured_input: none,
    generated_image: none,
    end_of_turn: none,
    hidden_context_item: none,
    sdk_hidden_context: none,
  })
}

const none = () => null

export const toUnixSeconds = (time: string): number => Math.floor(Date.parse(time) / 1000)

function encodeUserContent({ content, quoted_text }: UserMessageItem) {
  const parts = content.map(({ text }) => ({ type: 'input_text' as const, text }))
  return quoted_text ? [...parts, { type: 'quoted_text' as const, text: quoted_text }] : parts
}

function encodeOptions({ inference_options: { tool_choice, model } }: UserMessageItem) {
  if (!tool_choice && !model) return null
  return { tool_choice: tool_choice ? { id: tool_choice.id } : null, model: model ?? null }
}

/** Also the answer to an upload. */
export function encodeAttachment(attachment: Attachment): HostedAttachment {
  const { type, id, name, mime_type } = attachment
  return { type, id, name, mime_type, preview_url: attachment.type === 'image' ? attachment.preview_url : null }
}

const withWholeAddress = (file: HostedAttachment, publicUrl: string): HostedAttachment => ({
  ...file,
  preview_url: file.preview_url && new URL(file.preview_url, publicUrl).href,
})

function encodeAnnotation({ source }: Annotation): HostedAnnotation[] {
  return matchType<Source, HostedAnnotation[]>(source, {
    url: ({ url }) => [{ type: 'url', source: { type: 'url', url } }],
    file: ({ filename }) => [{ type: 'file', source: { type: 'file', filename } }],
    entity: () => [],
  })
}

function encodeTask(task: Task): HostedTask {
  const heading = task.title ?? null
  return matchType<Task, HostedTask>(task, {
    custom: ({ content }) => ({ type: 'custom', heading, summary: content ?? null }),
    thought: ({ content }) => ({ type: 'thought', heading, summary: content }),
    web_search: ({ queries }) => ({ type: 'custom', heading, summary: queries.join(', ') || null }),
    file: ({ sources }) => ({
      type: 'custom',
      heading,
      summary: sources.map(({ filename }) => filename).join(', ') || null,
    }),
    image: () => ({ type: 'custom', heading, summary: null }),
  })
}
