import { matchType, type ThreadItem, type UserMessageItem } from '@parley/protocol'
import type { Message, ToolCall } from './schema.js'

const bare = { additional_kwargs: {}, response_metadata: {} }

/** An item as the messages it reads as; none where this API has no word for it. */
export function encodeMessages(item: ThreadItem): Message[] {
  return matchType<ThreadItem, Message[]>(item, {
    user_message: (message) => [{ ...bare, type: 'human', id: message.id, content: encodeContent(message) }],
    assistant_message: ({ id, content }) => [encodeAnswer(id, content.map(({ text }) => text).join('\n\n'))],
    client_tool_call: ({ id, call_id, name, arguments: args, status, output }) => {
      const call = encodeAnswer(id, '', [{ type: 'tool_call', id: call_id, name, args }])
      if (status === 'pending') return [call]
      const content = typeof output === 'string' ? output : JSON.stringify(output ?? null)
      return [
        call,
        { ...bare, type: 'tool', id: `${id}-output`, name, tool_call_id: call_id, status: 'success', content },
      ]
    },
    generated_image: ({ id, image }) =>
      image ? [{ ...encodeAnswer(id, ''), content: [{ type: 'image_url', image_url: { url: image.url } }] }] : [],
    widget: ({ id, copy_text }) => (copy_text ? [encodeAnswer(id, copy_text)] : []),
    structured_input: none,
    task: none,
    workflow: none,
    end_of_turn: none,
    hidden_context_item: none,
    sdk_hidden_context: none,
  })
}

const none = () => []

export const encodeAnswer = (id: string, content: string, tool_calls: ToolCall[] = []): Message => ({
  ...bare,
  type: 'ai',
  id,
  content,
  tool_calls,
})

/** A text alone stays a text; with files it becomes parts. */
function encodeContent({ content, attachments }: UserMessageItem): Message['content'] {
  const text = content.map((part) => (part.type === 'input_tag' ? `@${part.text}` : part.text)).join('')
  if (attachments.length === 0) return text
  const files = attachments.map((file) =>
    file.type === 'image' && file.preview_url
      ? { type: 'image_url', image_url: { url: file.preview_url } }
      : { type: 'file', file_id: file.id, filename: file.name, mime_type: file.mime_type },
  )
  return [...(text ? [{ type: 'text', text }] : []), ...files]
}
