import type { Attachment, UserMessageItem } from '@parley/protocol'
import { AttachmentChip } from './attachment-chip.js'
import { EntityTag } from './entities/entity-tag.js'
import { useText } from './session-context.js'

/** What the person said: plain text as typed, with its tags, its quote and its attachments. */
export function UserMessage({ item }: { item: UserMessageItem }) {
  const text = useText()
  return (
    <article class="user-message" data-item={item.id} aria-label={text.you}>
      {item.attachments.length > 0 && (
        <ul class="chips">
          {item.attachments.map((attachment: Attachment) => (
            <li key={attachment.id}>
              <AttachmentChip attachment={attachment} />
            </li>
          ))}
        </ul>
      )}
      {item.quoted_text && (
        <blockquote class="quoted" dir="auto">
          {item.quoted_text}
        </blockquote>
      )}
      {item.content.length > 0 && (
        <div class="bubble" dir="auto">
          {item.content.map((part, at) =>
            part.type === 'input_text' ? part.text : <EntityTag key={`${at}-${part.id}`} tag={part} />,
          )}
        </div>
      )}
    </article>
  )
}
